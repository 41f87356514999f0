"""A province or the nation for its readers: its offices added up and side by side, figures only."""
