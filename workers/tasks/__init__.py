"""Thin tasks: turn text into values, open a unit of work, call one use case."""
