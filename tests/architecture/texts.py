"""Finding what people read: the translatable texts in code and templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template import engines
from django.template.base import Node, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).parents[2] / "src" / "loket"
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "noop", "ngettext", "ngettext_lazy", "pgettext"}
# Which of their arguments are texts, where it is not the first alone.
PLACES = {"ngettext": (0, 2), "ngettext_lazy": (0, 2), "pgettext": (1, 2)}

# A text that a template hands to a tag or a filter: _("...").
AS_ARGUMENT = re.compile(r"""_\("((?:[^"\\]|\\.)*)"\)""")


def in_code() -> Iterator[tuple[str, ast.expr]]:
    """Each argument that is a text to translate, with the file it stands in."""
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in MARKERS:
                first, last = PLACES.get(_name(call.func), (0, 1))
                for argument in call.args[first:last]:
                    yield f"{path.relative_to(SOURCE)}:{call.lineno}", argument


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((SOURCE / "templates").rglob("*.*")):
        if path.suffix not in (".html", ".txt"):
            continue
        name = str(path.relative_to(SOURCE / "templates"))
        source = path.read_text("utf-8")
        for text in AS_ARGUMENT.findall(source):
            yield name, text.replace('\\"', '"')
        template = Template(source, name=name, engine=engines["django"].engine)
        for node in template.nodelist.get_nodes_by_type(Node):
            for text in _texts_of(node):
                yield name, text


def _texts_of(node: Node) -> Iterator[str]:
    if isinstance(node, TranslateNode):
        text = node.filter_expression.var
        if isinstance(text, str):
            yield text
        elif isinstance(text.literal, str):
            yield text.literal
    elif isinstance(node, BlockTranslateNode):
        for tokens in (node.singular, node.plural):
            if tokens:
                text = node.render_token_list(tokens)[0]
                yield "\n".join(line.strip() for line in text.strip().splitlines()) if node.trimmed else text
