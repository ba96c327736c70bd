"""What a report says: the shape of its content, and how it is read and made."""
