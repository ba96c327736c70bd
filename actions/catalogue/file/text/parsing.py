"""Events → plain data, with the place of every value in the text."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from actions.catalogue.file.faults import CatalogueFileError, Fault, refused
from actions.catalogue.file.places import place
from actions.catalogue.file.text.events import EventKind, Mark, ParseEvent, Scalar, events
from actions.tools.text import Path

# The format itself nests 8 deep, and the real catalogue has some 1,500 values.
MAX_DEPTH: Final = 20
MAX_VALUES: Final = 50_000


@dataclass(slots=True)
class Document:
    """A text as plain data: mappings, lists, texts, whole numbers, Decimals, booleans, None.

    `marks` is the place of each value (of a mapping's entry: of its key). `problems` are the faults
    that parsing found; values at or below an `unreadable` path are not checked further.
    """

    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    problems: list[tuple[Path, Mark, str]] = field(default_factory=list)
    unreadable: set[Path] = field(default_factory=set)

    def fault(self, path: Path, message: str, mark: Mark | None = None) -> Fault:
        mark = mark or self.mark(path)
        return Fault(mark.line, mark.column, place(self.data, path), message)

    def faults(self) -> list[Fault]:
        """The faults that parsing found."""
        return [self.fault(path, message, mark) for path, mark, message in self.problems]

    def mark(self, path: Path) -> Mark:
        """The place of a value, or of the nearest one around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    def where(self, path: Path) -> str:
        """The place of a value in words, for a message about another value: "linje 12"."""
        return str(self.mark(path)) if self.marks else place(self.data, path[:-1])

    def refuse(self, path: Path, message: str) -> None:
        """Notes a fault, and that nothing at or below the path is checked further."""
        self.problems.append((path, self.mark(path), message))
        self.unreadable.add(path)

    def is_unreadable(self, path: Path) -> bool:
        return any(path[:length] in self.unreadable for length in range(len(path) + 1))


def parse(text: str) -> Document:
    """The document of a text, with its other faults in `problems`.

    Raises CatalogueFileError if the syntax is wrong, or the text too deep or too large.
    """
    builder = _Builder()
    try:
        for event in events(text):
            builder.add(event)
    except CatalogueFileError as error:
        raise CatalogueFileError([*error.faults, *builder.document.faults()]) from error
    if not builder.has_root:
        raise refused(_("filen er tom"))
    return builder.document


@dataclass(slots=True)
class _Frame:
    """A mapping or list being filled; `key` waits for its value, None if a key is next."""

    container: list[Any] | dict[str, Any]
    path: Path
    key: str | None = None


class _Builder:
    def __init__(self) -> None:
        self.document = Document()
        self.stack: list[_Frame] = []
        self.count = 0
        self.has_root = False

    def add(self, event: ParseEvent) -> None:
        if event.kind is EventKind.END:
            self.stack.pop()
            return
        self._count(event.mark)
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.container, dict) and top.key is None:
            self._take_key(top, event)
        else:
            self._take_value(top, event)

    def _count(self, mark: Mark) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            message = _("filen rummer over {count} værdier; det er ikke et handlingskatalog")
            raise refused(message.format(count=MAX_VALUES), mark.line, mark.column)

    def _take_key(self, top: _Frame, event: ParseEvent) -> None:
        # The key as written: `1: x` and `null: x` are unknown keys like any other.
        key = event.value if isinstance(event.value, str) else _written(event.value)
        top.key = self._unique(top, key, event.mark)
        path = (*top.path, top.key)
        self.document.marks[path] = event.mark
        if event.kind is not EventKind.SCALAR:
            self._report(path, event.mark, _("en nøgle skal være en tekst"))
            self._push(event, path)
        elif event.fault:
            self._report(path, event.mark, event.fault)

    def _unique(self, top: _Frame, key: str, mark: Mark) -> str:
        """The key, or another one if it is taken, so that both values can be read."""
        first = self.document.marks.get((*top.path, key))
        if first is None:
            return key
        message = _("nøglen står to gange (første gang i linje {line})")
        path = (*top.path, key)
        self.document.problems.append((path, mark, message.format(line=first.line)))
        while (*top.path, key) in self.document.marks:
            key += "'"
        self.document.unreadable.add((*top.path, key))
        return key

    def _report(self, path: Path, mark: Mark, message: str) -> None:
        self.document.problems.append((path, mark, message))
        self.document.unreadable.add(path)

    def _take_value(self, top: _Frame | None, event: ParseEvent) -> None:
        path = self._path_of_next(top)
        self.document.marks.setdefault(path, event.mark)
        if event.fault:
            self._report(path, event.mark, event.fault)
        value: Any = event.value
        if event.kind is not EventKind.SCALAR:
            value = self._push(event, path)
        self._attach(top, value)

    def _path_of_next(self, top: _Frame | None) -> Path:
        if top is None:
            return ()
        if isinstance(top.container, list):
            return (*top.path, len(top.container))
        return (*top.path, top.key or "")

    def _push(self, event: ParseEvent, path: Path) -> list[Any] | dict[str, Any]:
        container: list[Any] | dict[str, Any] = {} if event.kind is EventKind.MAPPING else []
        self.stack.append(_Frame(container, path))
        if len(self.stack) > MAX_DEPTH:
            message = _("filen er indlejret mere end {depth} niveauer dybt")
            raise refused(message.format(depth=MAX_DEPTH), event.mark.line, event.mark.column)
        return container

    def _attach(self, top: _Frame | None, value: Any) -> None:
        if top is None:
            self.document.data = value
            self.has_root = True
        elif isinstance(top.container, list):
            top.container.append(value)
        else:
            top.container[top.key or ""] = value
            top.key = None


def _written(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
