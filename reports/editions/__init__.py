"""Publishing: drafts, editions, and what everybody may read."""
