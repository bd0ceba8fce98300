"""Migrations: numbered files, one head; each suits the code that is still running beside it."""
