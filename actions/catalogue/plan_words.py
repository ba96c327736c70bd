"""A plan in Danish, line by line."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.catalogue.file.workbook.sheets import CATALOGUE_FIELDS, SHEETS
from actions.catalogue.plan import FIELDS, Change, ChangeKind, FieldChange, Plan
from actions.danish import format_number
from actions.models import Action, Goal, Measures, ValueKind
from actions.tools.text import LONGEST_QUOTE, quoted

#: Characters shown before the place where two texts differ.
CONTEXT: Final = 15
#: The pages' words for the fields, by their names in a catalogue file.
WORDS: Final[dict[str, str | Promise]] = {
    **{column.key: column.heading for sheet in SHEETS for column in sheet.columns},
    **{" › ".join(map(str, path)): words for path, words, _holds in CATALOGUE_FIELDS},
    "title": gettext_lazy("Titel"),
    "upper": gettext_lazy("Måltal, øvre grænse"),
    "frequency: yearly": gettext_lazy("Hvert år"),
    "from": gettext_lazy("Begynder"),
    "stopped › day": gettext_lazy("Standset"),
    "stopped › decision": gettext_lazy("Beslutning om standsning"),
}

#: The fields that hold a code.
CODED_FIELDS: Final[dict[str, type[TextChoices]]] = {"measures": Measures, "kind": ValueKind}

CHANGE_SIGNS: Final = {
    ChangeKind.CREATED: gettext_lazy("Ny:"),
    ChangeKind.CHANGED: gettext_lazy("Ændret:"),
    ChangeKind.REMOVED: gettext_lazy("Fjernet:"),
}


def describe(plan: Plan, *, in_words: bool = False) -> Iterator[str]:
    """One line for each change, and under a changed row one for each changed field.

    Fields are named as in a catalogue file, or with `in_words` as on the pages.
    """
    if plan.is_empty:
        yield _("Ingen ændringer")
        return
    for change in plan.changes:
        sign = CHANGE_SIGNS[change.kind] if in_words else change.kind.value
        yield f"{sign} {change.place}{_title(change)}"
        for changed in change.fields:
            yield f"    {_field(change, changed, in_words=in_words)}"
    yield count(plan)


def count(plan: Plan) -> str:
    words = _("oprettet: {created}, ændret: {changed}, fjernet: {removed}, uændret: {unchanged}")
    return words.format(
        created=len(plan.of(ChangeKind.CREATED)),
        changed=len(plan.of(ChangeKind.CHANGED)),
        removed=len(plan.of(ChangeKind.REMOVED)),
        unchanged=plan.unchanged,
    )


def _title(change: Change) -> str:
    """The title or text of the row that the change's place only numbers."""
    if isinstance(change.row, Action):
        return f" {quoted(change.row.title)}"
    if isinstance(change.row, Goal) and change.kind is not ChangeKind.CHANGED:
        return f" {quoted(change.row.text)}"
    return ""


def _field(change: Change, changed: FieldChange, *, in_words: bool) -> str:
    label = FIELDS[type(change.row)][changed.name]
    if in_words:
        label = WORDS.get(str(label), label)
    if changed.name in CODED_FIELDS:
        old, new = code_words(changed.name, changed.old), code_words(changed.name, changed.new)
    elif isinstance(changed.old, str) and isinstance(changed.new, str):
        old, new = _parting(changed.old, changed.new)
    else:
        old, new = value_words(changed.old), value_words(changed.new)
    return f"{label}: {old} → {new}"


def code_words(name: str, code: str) -> str:
    """The words for the code in a field; the text itself if it is none."""
    codes = CODED_FIELDS[name]
    return str(codes(code).label) if code in codes.values else code


def value_words(value: Any) -> str:
    if value is None:
        return _("(intet)")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, list):
        return "; ".join(map(_entry_words, value)) or _("(intet)")
    return str(value)


def _entry_words(entry: Any) -> str:
    """A number, or a small record of JSON on one line."""
    parts = entry.items() if isinstance(entry, dict) else [("", entry)]
    numbers = {"amount", "value"}
    words = (format_number(Decimal(part)) if key in numbers else str(part) for key, part in parts)
    return ", ".join(filter(None, words))


def _parting(old: str, new: str) -> tuple[str, str]:
    """Both texts, long ones from CONTEXT characters before they differ."""
    start = 0
    if max(len(old), len(new)) > LONGEST_QUOTE:
        start = max(0, _in_common(old, new) - CONTEXT)
    return _quoted_from(old, start), _quoted_from(new, start)


def _in_common(old: str, new: str) -> int:
    """The length of the common prefix."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(old), len(new)))


def _quoted_from(text: str, start: int) -> str:
    if not text:
        return _("(tom)")
    return quoted(("…" if start else "") + text[start:])
