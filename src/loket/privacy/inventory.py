"""Everything the program keeps about people, read from the declarations of the rooms."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from loket.base.personal import EVERY, Impersonal, Kept, Personal

# A column of one of these can hold words, and words can name somebody.
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
ADDRESSES = (models.GenericIPAddressField,)


def personal() -> list[Personal]:
    """What is kept about people, room after room."""
    return [entry for entry in _declared() if isinstance(entry, Personal)]


def told() -> list[Personal]:
    """What visitors are told of: each kind of data once, without what is kept of staff."""
    seen: dict[str, Personal] = {}
    for entry in personal():
        if entry.kept is not Kept.WORK:
            seen.setdefault(str(entry.what), entry)
    return list(seen.values())


def named(counts: dict[str, int]) -> list[tuple[str | Promise, int]]:
    """The same counts with what people call the rows of each table, in the order of the rooms."""
    names: dict[str, str | Promise] = {}
    for entry in personal():
        names.setdefault(entry.model, entry.what)
    return [(what, counts[model]) for model, what in names.items() if model in counts]


def undeclared() -> list[str]:
    """Columns that can hold words and that no room has declared, as "room.Model.column"."""
    covered = {place for entry in _declared() for place in _places(entry)}
    return sorted(
        f"{model._meta.label}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if _can_hold_words(field) and f"{model._meta.label}.{field.attname}" not in covered
    )


def outdated() -> list[str]:
    """Declared columns that no table has."""
    there = {
        f"{model._meta.label}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    return sorted({place for entry in _declared() for place in _places(entry)} - there)


def _declared() -> Iterator[Personal | Impersonal]:
    for config in apps.get_app_configs():
        if config.name.startswith("loket.") and find_spec(f"{config.name}.personal"):
            module = import_module(f"{config.name}.personal")
            yield from getattr(module, "DECLARED", ())


def _places(entry: Personal | Impersonal) -> Iterator[str]:
    columns = entry.columns
    if columns == EVERY:
        columns = tuple(field.attname for field in apps.get_model(entry.model)._meta.concrete_fields)
    for column in columns:
        yield f"{entry.model}.{column}"


def _can_hold_words(field: models.Field) -> bool:
    return isinstance(field, WORDS + ADDRESSES) and not field.is_relation
