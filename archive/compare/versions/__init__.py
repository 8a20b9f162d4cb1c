"""Two states of one article: which sentence became which."""
