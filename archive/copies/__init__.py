"""The pages that carry one story."""
