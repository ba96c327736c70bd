"""The differences between two editions, in Danish words, computed from their contents.

Two contents are walked side by side. A part that follows from another (the counts, the list of
gaps) is left out, since the other part is named.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.danish import format_date, format_number
from actions.meaning import ValueKind
from reports.content.shape import Difference, ReportContent

#: How a light can move; what needs a look comes first.
DIRECTIONS: Final = {
    "worse": gettext_lazy("er gået tilbage"),
    "better": gettext_lazy("er gået frem"),
    "other": gettext_lazy("er ændret på anden måde"),
}


def change_sentence(content: ReportContent) -> str:
    """What moved since last year: "8 mål har fået en anden vurdering: 4 er gået frem …"."""
    changes = content["changes"]
    goals = [goal for action in content["actions"] for goal in action["goals"]]
    if not any(goal["previous_light"] and goal["light"]["code"] for goal in goals):
        return _("Ingen mål er vurderet begge år.")
    if not changes:
        return _("Ingen mål har skiftet vurdering.")
    moved = Counter(change["direction"] for change in changes)
    words = [(moved[way], str(DIRECTIONS[way])) for way in DIRECTIONS if moved[way]]
    *first, last = [f"{number} {word}" for number, word in words]
    how = f"{', '.join(first)} {_('og')} {last}" if first else last
    return _("%(n)d mål har fået en anden vurdering: %(how)s.") % {"n": len(changes), "how": how}


#: The key of the rows of each list: rows are paired by it, so that a new row shifts no other.
KEYS: Final[dict[str, str]] = {
    "actions": "number",
    "goals": "number",
    "indicators": "name",
    "texts": "name",
    "points": "year",
    "lights_by_year": "year",
    "revisions": "date",
    "targets": "year",
    "responsible": "position",
    "partners": "name",
    "initiatives": "title",
    "decisions": "title",
    "closings": "number",
    "outcomes": "number",
    "steps": "year",
    "goes_on": "title",
}
#: The parts with a place of their own in the report; other parts are named at that place.
PLACES: Final[dict[str, str | Promise]] = {
    "actions": gettext_lazy("Handling %(key)s"),
    "goals": gettext_lazy("mål %(key)s"),
    "closings": gettext_lazy("Handling %(key)s"),
    "outcomes": gettext_lazy("mål %(key)s"),
    "indicators": gettext_lazy("måltallet %(key)s"),
}
#: The word for each part. A part that is not here keeps its own name.
WORDS: Final[dict[str, str | Promise]] = {
    "actions": gettext_lazy("Handlingen"),
    "goals": gettext_lazy("Målet"),
    "indicators": gettext_lazy("Måltallet"),
    "responsible": gettext_lazy("Ansvarlig"),
    "partners": gettext_lazy("Samarbejdspartner"),
    "initiatives": gettext_lazy("Indsats"),
    "revisions": gettext_lazy("Justeret måltal"),
    "points": gettext_lazy("Tal for %(key)s"),
    "lights_by_year": gettext_lazy("Vurdering i %(key)s"),
    "texts": gettext_lazy("Tekst"),
    "title": gettext_lazy("Titel"),
    "catalogue_title": gettext_lazy("Katalogets titel"),
    "municipality": gettext_lazy("Kommune"),
    "strategy": gettext_lazy("Strategi"),
    "vision": gettext_lazy("Vision"),
    "period": gettext_lazy("Periode"),
    "measured_year": gettext_lazy("Året, tallene er fra"),
    "round_dates": gettext_lazy("Rundens datoer"),
    "opens": gettext_lazy("Runden åbner"),
    "due": gettext_lazy("Rundens frist"),
    "closes": gettext_lazy("Runden lukker"),
    "overall_responsible": gettext_lazy("Overordnet ansvarlig"),
    "coordinator": gettext_lazy("Koordinator"),
    "steering_committee": gettext_lazy("Styregruppe"),
    "council": gettext_lazy("Hvem der orienteres"),
    "is_example": gettext_lazy("Eksempeldata"),
    "years": gettext_lazy("Årene i overblikket"),
    "method": gettext_lazy("Metode og kriterier"),
    "summary": gettext_lazy("Hvad handlingen betyder"),
    "purpose": gettext_lazy("Formål"),
    "text": gettext_lazy("Målets tekst"),
    "state": gettext_lazy("Hvor langt status er"),
    "author": gettext_lazy("Status af"),
    "unsigned": gettext_lazy("Mangler tiltrædelse fra"),
    "unit": gettext_lazy("Enhed"),
    "target": gettext_lazy("Måltal"),
    "comparison_word": gettext_lazy("Mindst eller højst"),
    "timing": gettext_lazy("Hvornår"),
    "baseline": gettext_lazy("Udgangspunkt"),
    "value": gettext_lazy("Værdi"),
    "missing_reason": gettext_lazy("Hvorfor tallet mangler"),
    "source": gettext_lazy("Kilde"),
    "comment": gettext_lazy("Bemærkning"),
    "note": gettext_lazy("Opgavens deling"),
    "contribution": gettext_lazy("Bidrag"),
    "milestones": gettext_lazy("Milepæle"),
    "old_target": gettext_lazy("Tidligere måltal"),
    "new_target": gettext_lazy("Nyt måltal"),
    "decision": gettext_lazy("Beslutning"),
    "foreword": gettext_lazy("Forord"),
    "resume": gettext_lazy("Resumé"),
    "conclusion": gettext_lazy("Konklusion"),
    "line": gettext_lazy("Redaktionel linje"),
    "head_recommendation": gettext_lazy("De ansvarliges anbefaling"),
    "recommendation": gettext_lazy("Anbefaling"),
    "word": gettext_lazy("Valg"),
    "reason": gettext_lazy("Begrundelse"),
    "given_by": gettext_lazy("Givet af"),
    "decisions": gettext_lazy("Beslutning undervejs"),
    "date": gettext_lazy("Dato"),
    "wording": gettext_lazy("Ordlyd"),
    "numbers": gettext_lazy("Handlinger"),
    "code": gettext_lazy("Eget nummer"),
    "theme": gettext_lazy("Tema"),
    "stopped": gettext_lazy("Standset"),
    "origins": gettext_lazy("Oprindelse"),
    "baseline_year": gettext_lazy("Udgangspunktets år"),
    "upper": gettext_lazy("Måltallets øvre grænse"),
    "targets": gettext_lazy("Måltal i %(key)s"),
    "revised": gettext_lazy("Rettelse af tallet"),
    "closings": gettext_lazy("Handlingen ved periodens slutning"),
    "outcomes": gettext_lazy("Målet ved periodens slutning"),
    "steps": gettext_lazy("Løfte i %(key)s"),
    "goes_on": gettext_lazy("Går videre som"),
    "catalogue": gettext_lazy("Katalog"),
    "number": gettext_lazy("Nummer"),
    "has_next": gettext_lazy("Om der er et næste katalog"),
}
#: The parts whose name prefixes that of their smaller parts.
VOICES: Final = frozenset({"head_recommendation", "recommendation"})
#: The parts that follow from others, or are never shown.
FOLLOWS: Final = frozenset(
    {
        *("format", "kind", "kind_word", "year", "has_round", "as_of"),
        *("previous_year", "previous_light"),
        *("counts", "previous_counts", "progress", "changes", "attention", "gaps", "sources"),
        *("light", "approved", "gap", "is_met", "comparison", "by_year", "yearly", "label"),
        *("course", "movement", "recommendations", "choice", "sign", "given_on"),
        *("goal_counts", "figure_counts", "verdict", "words", "figures"),
        *("too_long", "correction", "measures", "every", "decimals", "tolerance"),
        *("between", "total"),
    }
)
#: The parts that are numbers, as decimal text.
NUMBERS: Final = frozenset({"target", "upper", "baseline", "value", "old_target", "new_target"})


def differences(before: ReportContent, after: ReportContent) -> list[Difference]:
    """Every difference a reader would see, in the order of the report."""
    return list(_of_parts(before, after, [], ""))


def _of_parts(
    before: Mapping[str, Any], after: Mapping[str, Any], place: list[str], within: str
) -> Iterator[Difference]:
    """The differences of two parts of one kind. `within` names the smaller part, "" at a place."""
    for name in {**before, **after}:
        if name not in FOLLOWS and before.get(name) != after.get(name):
            yield from _of_values(name, before.get(name), after.get(name), place, within)


def _of_values(
    name: str, before: Any, after: Any, place: list[str], within: str
) -> Iterator[Difference]:
    if name in KEYS:
        yield from _of_rows(name, before or [], after or [], place)
    elif isinstance(before or after, dict) and not _is_light(before or after):
        voice = str(WORDS[name]) if name in VOICES else within
        yield from _of_parts(before or {}, after or {}, place, voice)
    else:
        what = str(WORDS.get(name, name))
        if within:
            what = f"{within}: {what[:1].lower()}{what[1:]}"
        yield from _if_differs(place, what, _words(name, before), _words(name, after))


def _of_rows(
    name: str, before: Sequence[Any], after: Sequence[Any], place: list[str]
) -> Iterator[Difference]:
    key = KEYS[name]
    old, new = _by_key(map(_spoken, before), key), _by_key(map(_spoken, after), key)
    for row in {**old, **new}:
        if old.get(row) == new.get(row):
            continue
        there = [*place, _keyed(PLACES[name], row)] if name in PLACES else place
        what = _name_of(name, row, old.get(row) or new[row])
        if row in old and row in new and not _is_one_value(new[row]):
            within = "" if name in PLACES else what if row in what else f"{what} {row}"
            yield from _of_parts(old[row], new[row], there, within)
        else:
            yield from _whole(there, what, key, old.get(row), new.get(row))


def _whole(place: list[str], what: str, key: str, old: Any, new: Any) -> Iterator[Difference]:
    """A row that was added or removed, or one with a single value: a text, or a year's light."""
    before, after = (_summary(row, key) if row else "" for row in (old, new))
    yield from _if_differs(place, what, before, after)


def _spoken(row: Any) -> Any:
    """A row as it is; of an indicator that is a yes or no with its numbers as words."""
    if not isinstance(row, dict) or row.get("kind") != ValueKind.YES_NO:
        return row
    parts = {name: [_in_words(part) for part in row[name]] for name in ("points", "targets")}
    return _in_words(row) | parts


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    words = {"1": _("ja"), "0": _("nej")}
    return {name: words.get(part, part) if name in NUMBERS else part for name, part in row.items()}


def _by_key(rows: Iterable[Any], key: str) -> dict[str, Any]:
    by_key: dict[str, Any] = {}
    for row in rows:
        name = str(row[key])
        while name in by_key:
            name += " (igen)"
        by_key[name] = row
    return by_key


def _name_of(name: str, key: str, row: Mapping[str, Any]) -> str:
    if name == "texts":
        return str(row["label"])
    return _keyed(WORDS[name], key)


def _keyed(words: str | Promise, key: str) -> str:
    return str(words).replace("%(key)s", key)


def _is_one_value(row: Mapping[str, Any]) -> bool:
    """A text with its label, or a year with its light or its text."""
    return "label" in row or set(row) in ({"year", "light"}, {"year", "text"})


def _summary(row: Mapping[str, Any], key: str) -> str:
    """A row in few words: its first text, else its key."""
    if key == "year" and "light" in row and row["light"] is None:
        return _("Ingen status")
    if "missing_reason" in row and not (row["value"] or row["missing_reason"]):
        return _("mangler")
    for name in ("text", "light", "value", "missing_reason", "title", "name", "decision"):
        if words := _words(name, row.get(name)):
            return words
    return str(row[key])


def _is_light(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"code", "word"}


def _words(name: str, value: Any) -> str:
    """A value as a reader sees it; a light by its word."""
    if value is None or value == "":
        return ""
    if _is_light(value):
        return str(value["word"])
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return _in_danish(name, str(value))


def _in_danish(name: str, text: str) -> str:
    if name in NUMBERS and text[-1:].isdigit():
        return format_number(Decimal(text))
    if name in {"opens", "due", "closes"}:
        return format_date(date.fromisoformat(text))
    return text


def _if_differs(place: list[str], what: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(place=", ".join(place), what=what, before=before, after=after)
