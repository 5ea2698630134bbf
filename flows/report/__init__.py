"""What a build found, as one page that opens anywhere."""
