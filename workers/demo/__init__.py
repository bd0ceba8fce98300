"""The demonstration: a throw-away office with a list of dossiers around today, played with real processes."""
