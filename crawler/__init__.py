"""A URL becomes a capture and an article."""
