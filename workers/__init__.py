"""Top floor: processes and their adapters."""
