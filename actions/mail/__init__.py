"""Mail: who is told what, the words, and the outbox."""
