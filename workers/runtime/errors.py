"""What keeps the processes of an office from starting, in words for the office."""

from __future__ import annotations


class LaunchError(Exception):
    """Say in one Vietnamese sentence why the processes cannot run, and what to do."""
