"""What nobody reads or writes is taken away; Git remembers it."""

import ast
import re
from collections.abc import Iterator

import polib
from django.apps import apps

from tests.architecture.texts import SOURCE, in_code, in_templates

# Columns that only others name.
NAMED_BY_DJANGO = {"people.User.last_login": "written at each sign-in"}


def test_every_column_is_named_by_code():
    named = set(words_of_code()) | set(words_of_templates())

    unused = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("loket.")
        for field in model._meta.concrete_fields
        if not field.primary_key and not {field.name, field.attname} & named
    }
    assert unused == set(NAMED_BY_DJANGO), "No code names these columns: take them away, or use them."


def words_of_code() -> Iterator[str]:
    """Each name and each word of a text, but for what defines, constrains or declares a column."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts or path.name == "personal.py":
            continue
        for node in walk(ast.parse(path.read_text("utf-8")), models="models" in f"{path}"):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.keyword) and node.arg:
                yield from node.arg.split("__")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                for word in re.findall(r"\w+", node.value):
                    yield from word.split("__")


def walk(node: ast.AST, *, models: bool) -> Iterator[ast.AST]:
    """Everything below a node, without docstrings and without a model's Meta."""
    yield node
    for child in ast.iter_child_nodes(node):
        said = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        meta = models and isinstance(child, ast.ClassDef) and child.name == "Meta"
        if not said and not meta:
            yield from walk(child, models=models)


def words_of_templates() -> Iterator[str]:
    for path in (SOURCE / "templates").rglob("*.*"):
        for inside in re.findall(r"\{[{%].*?[}%]\}", path.read_text("utf-8")):
            yield from re.findall(r"\w+", inside)


def test_no_translation_outlives_its_text():
    said = {text.value for _, text in in_code() if isinstance(text, ast.Constant)}
    said |= {text for _, text in in_templates()}

    catalogue = polib.pofile(str(SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po"))
    unsaid = {entry.msgid for entry in catalogue} - said
    assert unsaid == set(), "Nothing says these any more: take them out of django.po."
