"""What the office does, step by step: load, ask the domain, record."""
