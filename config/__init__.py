"""First floor: reads the environment and TOML, hands out frozen domain objects."""
