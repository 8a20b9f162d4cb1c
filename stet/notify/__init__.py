"""Telling people and programs what happened, by Apprise and by signed webhooks."""
