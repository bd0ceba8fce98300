"""Reports from counts: tables for the terminal and for spreadsheets."""
