"""Lengths of time in plain SQL, which the two databases keep and count differently: whole milliseconds."""

from loket.base import sql


def between(begin: str, end: str) -> str:
    """From one column with an instant to another; 0 where the clock was set back between them."""
    if sql.on_postgresql():
        span = f"EXTRACT(EPOCH FROM {end} - {begin})"
    else:
        span = f"(julianday({end}) - julianday({begin})) * 86400"
    return f"CASE WHEN {end} > {begin} THEN {_milliseconds(span)} WHEN {end} <= {begin} THEN 0 END"


def length(column: str) -> str:
    """Of a column that holds a length of time."""
    return _milliseconds(f"EXTRACT(EPOCH FROM {column})" if sql.on_postgresql() else f"{column} / 1000000.0")


def _milliseconds(seconds: str) -> str:
    return f"CAST(ROUND({seconds} * 1000) AS bigint)"
