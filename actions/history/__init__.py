"""The history: recording, announcing and reading it."""
