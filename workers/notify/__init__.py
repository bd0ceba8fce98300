"""Ways to tell people: file, SMTP, a gateway of short messages; one protocol."""
