"""Raw wire stories and ministry briefings in, tidy rows of who said what, for which country, and when, out."""
