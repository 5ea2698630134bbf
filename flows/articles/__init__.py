"""Raw bytes to `Article`: one module per format, chosen by content."""
