"""The command `dunghan`: parse, call a use case, print."""
