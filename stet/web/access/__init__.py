"""Who may read and write: passwords and tokens, sessions, and the gate before all routes."""
