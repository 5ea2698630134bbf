"""Whose words they are: source phrases, offices, countries, organisations, and the person behind "he said"."""
