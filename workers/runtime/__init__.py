"""The processes of an office on one machine: started together, watched, stopped together."""
