"""Days: of the dateline, of publication, of the statement itself."""
