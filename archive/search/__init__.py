"""Full text over all snapshots."""
