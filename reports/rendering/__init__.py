"""PDFs made in the background."""
