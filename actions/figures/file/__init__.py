"""The figures' file (.xlsx or .csv): what it tells of years, or all its faults, and back."""
