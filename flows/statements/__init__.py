"""From an article to its statements: quotation marks, cues, reported speech, transcripts."""
