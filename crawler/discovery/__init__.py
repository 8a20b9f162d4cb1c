"""Which pages a source has: its feeds, sitemaps and section pages become pages to watch."""
