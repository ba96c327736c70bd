"""The values of indicators: what is known of a year, and how it is revised."""
