"""What a final report says besides the yearly report."""
