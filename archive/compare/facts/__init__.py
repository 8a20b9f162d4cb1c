"""What a text states that can be checked."""
