"""The files of ours that a rendering opens, collected from its sources rather than listed by hand.

A template leads to the templates it includes and to the modules of its tags; a module leads to
the modules it imports. So a file counts as soon as a document uses it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeGuard

from django.conf import settings
from django.template import TemplateDoesNotExist, engines
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

TEMPLATE_TYPES: Final = (".html", ".css", ".txt", ".svg")


@dataclass(frozen=True)
class TemplateSource:
    name: str

    def read(self) -> str:
        template: Any = get_template(self.name)
        return str(template.template.source)

    def leads_to(self, text: str) -> "Iterator[Source]":
        libraries: dict[str, str] = engines["django"].engine.libraries  # type: ignore[attr-defined]
        for token in Lexer(text).tokenize():
            if token.token_type is not TokenType.BLOCK:
                continue
            tag, *words = token.split_contents()
            if tag in {"include", "extends"}:
                # A partial ("x.html#rows") is part of the file that defines it.
                yield TemplateSource(self._named(words[0]).partition("#")[0])
            elif tag == "load":
                for word in words:
                    if word in libraries:
                        yield ModuleSource(libraries[word], has_tags=True)

    def _named(self, word: str) -> str:
        name = word.strip("\"'")
        if name == word:
            raise ValueError(f"{self.name} includes {word}: write the template's name there")
        return name


@dataclass(frozen=True)
class ModuleSource:
    """`has_tags` marks a tag library: its strings may name templates that it renders."""

    name: str
    has_tags: bool = False

    def read(self) -> str:
        return "" if (path := _path_of(self.name)) is None else path.read_text(encoding="utf-8")

    def leads_to(self, text: str) -> "Iterator[Source]":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                yield from (ModuleSource(alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield ModuleSource(node.module)
                yield from (ModuleSource(f"{node.module}.{alias.name}") for alias in node.names)
            elif self.has_tags and isinstance(node, ast.Constant) and _is_template(node.value):
                yield TemplateSource(node.value)


type Source = TemplateSource | ModuleSource


def sources_of(*roots: Source) -> dict[Source, str]:
    """Every source of ours that the roots lead to, the roots included, with its text.

    Raises ValueError if a template includes another by a variable, and TemplateDoesNotExist if a
    template is missing.
    """
    texts, waiting = dict[Source, str](), list(roots)
    while waiting:
        source = waiting.pop()
        if source not in texts and (text := source.read()):
            texts[source] = text
            waiting.extend(source.leads_to(text))
    return texts


def _is_template(value: object) -> TypeGuard[str]:
    if not isinstance(value, str) or not value.endswith(TEMPLATE_TYPES):
        return False
    try:
        get_template(value)
    except TemplateDoesNotExist:
        return False
    return True


def _path_of(name: str) -> Path | None:
    """The file of a module of ours; None for a library's, and for a name that is no module."""
    package = Path(settings.BASE_DIR) / name.partition(".")[0]
    if not package.is_dir():
        return None
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # an imported name, not a module
        return None
    return Path(spec.origin) if spec and spec.origin else None
