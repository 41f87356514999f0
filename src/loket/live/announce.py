"""Telling screens that something changed: "topic, version", in the transaction of the change.

Other processes see the new version after the commit; a screen then fetches what it may see (D8).
"""

from loket.base import sql

COUNT_UP = (
    "INSERT INTO live_topic (name, version) VALUES (%s, 1)"
    " ON CONFLICT (name) DO UPDATE SET version = live_topic.version + 1"
)


def changed(topic: str) -> None:
    """Count the topic up. Call within the transaction of the change, after `events.hold`."""
    if sql.on_postgresql():
        # Only a wake-up: the listener reads versions from the table (D9).
        sql.later(f"{COUNT_UP} RETURNING pg_notify('loket_live', name)", topic)
    else:
        sql.later(COUNT_UP, topic)


def version(topic: str) -> int:
    """The version to render into a page, so that its stream misses nothing that came after."""
    found = sql.one("SELECT version FROM live_topic WHERE name = %s", topic)
    return found[0] if found else 0


def hall(office_code: str) -> str:
    """The queue of one office: tickets, counters, calls."""
    return f"hall:{office_code}"


def devices(office_code: str) -> str:
    return f"devices:{office_code}"


def changed_all(topics: list[str]) -> None:
    """Several topics by one statement; in one order, so that two writers never wait for each other."""
    listed = sorted(set(topics))
    places = ", ".join(["(%s, 1)"] * len(listed))
    statement = COUNT_UP.replace("(%s, 1)", places)
    if sql.on_postgresql():
        statement += " RETURNING pg_notify('loket_live', name)"
    sql.later(statement, *listed)


def consultations(office_code: str) -> str:
    """The inbox of one office."""
    return f"consultations:{office_code}"


def thread(token: str) -> str:
    """One consultation; the token keeps strangers from guessing it."""
    return f"thread:{token}"
