"""Økonomiudvalget: questions, pointing, the decision and the sagspakke."""
