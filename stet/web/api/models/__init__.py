"""The records of the API as its document describes them. The records are made in stet/records.py."""
