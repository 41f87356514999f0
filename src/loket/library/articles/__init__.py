"""Answered questions for everybody: written from a consultation as a copy that names nobody."""
