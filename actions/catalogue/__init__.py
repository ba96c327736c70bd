"""The catalogue: its pages, its file, and every way to change it."""
