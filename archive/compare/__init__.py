"""Two articles compared: text in, a diff out; no database, no network, no clock."""
