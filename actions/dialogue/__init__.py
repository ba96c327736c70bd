"""Comments and signatures on a status."""
