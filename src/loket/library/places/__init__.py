"""Provinces, regencies and cities: their names in questions, and how lists of them are read."""
