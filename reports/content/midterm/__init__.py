"""What a midterm says besides the yearly report."""
