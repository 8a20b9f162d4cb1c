"""How much an edit matters, and whether the page tells of it."""
