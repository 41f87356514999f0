"""What a screen asks of the event stream: ?topics=hall,devices&version=12,3.

Read here for who may listen and for the stream alike, so that both always mean the same topics.
"""

from urllib.parse import parse_qs

LONGEST_VERSION = 18  # digits; what a database counts to
OLDEST = -1


class AskedWrong(Exception):
    """The question can be read in two ways, or not at all."""


def asked(query: str) -> dict[str, int]:
    """Each topic with the version that the screen shows of it. Refuses AskedWrong.

    A version that is not given counts as older than any, so that the screen is told at once.
    """
    topics = _once(query, "topics", "hall").split(",")
    versions = _once(query, "version", "").split(",")
    versions += [""] * len(topics)
    return {topic: _version(text) for topic, text in zip(topics, versions, strict=False)}


def name_of(topic: str, office_code: str) -> str:
    """The stored topic that an asked one means: "hall" of an office, "thread-AbC" of one consultation."""
    kind, _, token = topic.partition("-")
    return f"{kind}:{token or office_code}"


def topic_of(name: str) -> str:
    """How the screen asked for it: of "hall:3574" it hears only "hall", its own."""
    kind, _, rest = name.partition(":")
    return f"{kind}-{rest}" if kind == "thread" else kind


def _once(query: str, name: str, default: str) -> str:
    try:
        given = parse_qs(query, keep_blank_values=True, max_num_fields=10).get(name, [default])
    except ValueError:
        raise AskedWrong(name) from None
    if len(given) > 1:
        raise AskedWrong(name)
    return given[0]


def _version(text: str) -> int:
    if not text.isdecimal():
        return OLDEST
    if len(text) > LONGEST_VERSION:
        raise AskedWrong("version")
    return int(text)
