"""Ways to tell people: file, SMTP; one protocol."""
