"""The half-year follow-up: which goals it is on, what their heads answer, and what others read."""
