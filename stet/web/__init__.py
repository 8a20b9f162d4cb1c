"""The reading room: pages for people, and an API, feeds and mementos for programs. Needs the extra `web`."""
