"""How much of one text is in another, and what of it was corrected since."""
