"""The catalogue of the national statistics office, read from its WebAPI page by page."""
