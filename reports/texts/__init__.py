"""What VUF and the heads write for a report."""
