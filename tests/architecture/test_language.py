"""Visitors read Indonesian first: nothing is missing, and nothing can be put together wrongly."""

import ast
import re

import polib

from tests.architecture.texts import SOURCE, in_code, in_templates

CATALOGUE = SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po"
NAMED = re.compile(r"%\((\w+)\)[sdf]")


def test_every_text_has_its_indonesian():
    entries = [entry for entry in polib.pofile(str(CATALOGUE)) if entry.translated()]
    translated = {entry.msgid for entry in entries} | {entry.msgid_plural for entry in entries}

    in_python = {(where, text.value) for where, text in in_code() if isinstance(text, ast.Constant)}
    written = in_python | set(in_templates())
    assert sorted(entry for entry in written if entry[1] not in translated) == []


def test_texts_in_code_are_plain_with_named_placeholders():
    wrong = [
        where
        for where, text in in_code()
        if isinstance(text, ast.JoinedStr | ast.BinOp)
        or (isinstance(text, ast.Constant) and re.search(r"%[sdf]|\{\w*\}", str(text.value)))
    ]

    assert wrong == []


def test_a_translation_keeps_the_placeholders():
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]
        if said and not set(NAMED.findall(said)) <= set(NAMED.findall(entry.msgid + entry.msgid_plural))
    ]

    assert wrong == []


def test_the_compiled_catalogue_says_the_same():
    written = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.pofile(str(CATALOGUE))
        if entry.translated()
    }
    compiled = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }

    assert compiled == written
