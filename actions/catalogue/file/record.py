"""What a rule reads, a mapping of a catalogue file, and what it yields."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.catalogue.file.text.parsing import Document
from actions.tools.text import Path

#: The path of a value, and what is wrong with it.
type Problem = tuple[Path, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping in the file; a read of a value of an unexpected type gives None, or nothing."""

    document: Document
    path: Path
    values: dict[str, Any]

    def all(self, *names: str) -> Iterator["Record"]:
        """The records of a list; with more names, of lists within its records."""
        entries = self.values.get(names[0])
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict):
                record = Record(self.document, (*self.path, names[0], index), entry)
                yield from record.all(*names[1:]) if names[1:] else (record,)

    def one(self, name: str) -> "Record":
        value = self.values.get(name)
        values = value if isinstance(value, dict) else {}
        return Record(self.document, (*self.path, name), values)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def whole(self, name: str) -> int | None:
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def at(self, *names: str) -> Path:
        return (*self.path, *names)

    def where(self, name: str) -> str:
        return self.document.where(self.at(name))
