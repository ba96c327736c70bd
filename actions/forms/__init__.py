"""What people type, checked and turned into plain values; forms never write to the database."""
