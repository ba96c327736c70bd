"""What changes a catalogue by a decision with a day: an end, a split, a merge."""
