"""The faces: command line, settings, logging."""
