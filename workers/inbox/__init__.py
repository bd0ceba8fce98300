"""Files that come in: encodings, sheets, columns, dates; taken once, never half."""
