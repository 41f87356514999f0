"""Instants and lengths of time in plain SQL, as whole milliseconds: each database keeps them in its way."""

from loket.base import sql


def instant(column: str) -> str:
    """Milliseconds from a moment that is the same for all columns."""
    if sql.on_postgresql():
        return f"CAST(EXTRACT(EPOCH FROM {column}) * 1000 AS bigint)"
    return f"CAST(ROUND(julianday({column}) * 86400000) AS bigint)"


def length(column: str) -> str:
    if sql.on_postgresql():
        return f"CAST(EXTRACT(EPOCH FROM {column}) * 1000 AS bigint)"
    return f"({column} + 500) / 1000"


def listed(number: str) -> str:
    """All that are known of a group in one text, with commas between them; empty where none is."""
    if sql.on_postgresql():
        return f"COALESCE(STRING_AGG(CAST({number} AS text), ','), '')"
    return f"COALESCE(GROUP_CONCAT({number}), '')"
