"""A diff, or a snapshot, put into the form that somebody reads."""
