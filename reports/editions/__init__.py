"""Publishing: drafts, editions, and what the public may read."""
