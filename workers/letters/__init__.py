"""Forms on paper: what they may say, the templates of the office, and how both become docx and pdf."""
