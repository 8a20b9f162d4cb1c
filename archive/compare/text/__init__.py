"""Text made ready to be compared: its normal form, sentences and words."""
