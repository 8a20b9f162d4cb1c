"""Two outlets' articles: what one tells that the other tells too."""
