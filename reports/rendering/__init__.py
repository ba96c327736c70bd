"""PDFs that are made in the background."""
