"""A calendar that is published moves running deadlines: everybody goes through the action that sees to it."""

import ast

from tests.architecture.texts import SOURCE

PUBLISHING = {
    ("calendars", "publish"),
    ("calendars", "take_over"),
    ("drafting", "publish_draft"),
    ("loading", "load"),
}
ALLOWED = {"consultations/actions/recomputing.py", "offices/drafting.py", "offices/calendars.py"}


def test_calendars_are_published_only_where_clocks_are_counted_anew():
    wrong = [
        f"{name}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        if (name := str(path.relative_to(SOURCE))) not in ALLOWED
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in PUBLISHING
    ]

    assert wrong == []
