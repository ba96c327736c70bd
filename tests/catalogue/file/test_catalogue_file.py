"""The catalogue file as text: what is read, how faults are told, what is written back."""

# ruff: noqa: E501 - the tables have one case on a line
import json
import os
import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLResolver, get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from actions.catalogue.file import (
    CatalogueFileError,
    CatalogueRows,
    PartnerRow,
    read_bytes,
    read_file,
    to_text,
)
from actions.catalogue.file.checking import MESSAGES, SCHEMA_FILE
from actions.catalogue.file.rules import RESERVED_SLUGS
from actions.danish import WHOLE_DIGITS, parse_number
from actions.models import Action, Catalogue, Comparison, Indicator, Initiative, Partner, Position
from actions.tools.text import spelling_key
from tests.support.catalogues import OTHER_MUNICIPALITY, REAL, SMALL, catalogues, changed, without

ROOT = Path(__file__).resolve().parents[3]


def read(text: str) -> CatalogueRows:
    return read_bytes(text.encode())


def faults_of(content: str | bytes) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(CatalogueFileError) as caught:
        read_bytes(raw)
    return [str(fault) for fault in caught.value.faults]


def plain(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# What is read.


def test_a_small_catalogue_becomes_typed_rows() -> None:
    rows = read(SMALL)
    action, other = rows.actions
    assert (rows.slug, rows.period_from, rows.selection_max) == ("plan-22", 2022, 2)
    assert action.partners == (PartnerRow("Åens Venner"),)
    assert action.goals[0].indicators[1].target == Decimal("4.5")
    assert action.goals[0].indicators[1].by == 2025
    assert action.goals[0].indicators[0].yearly
    assert action.goals[0].indicators[0].baseline is None
    assert action.initiatives[1].related[0].initiative == "Badebroer"
    assert other.responsible[0].note == "Alle stier."
    assert (other.partners, other.initiatives, other.summary) == ((), (), "")


def test_a_row_knows_its_line() -> None:
    rows = read(SMALL)
    assert rows.actions[0].partners[0].line == 17
    assert rows.actions[1].responsible[0].line == 31


def test_json_is_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    file = tmp_path / "katalog.yaml"
    file.write_text(json.dumps(yaml.safe_load(SMALL), indent="\t"), encoding="utf-8")
    assert read_file(file) == read(SMALL)


def test_json_may_escape_what_lies_above_the_basic_plane() -> None:
    rows = read(json.dumps(yaml.safe_load(changed(("Stier", "Stier 🚲")))))
    assert rows.actions[1].title == "Stier 🚲"


def test_yaml_in_braces_is_read_too() -> None:
    assert read(yaml.safe_dump(yaml.safe_load(SMALL), default_flow_style=True)) == read(SMALL)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_and_any_line_break_are_tolerated(mark: str, newline: str) -> None:
    assert read(mark + SMALL.replace("\n", newline)) == read(SMALL)


@pytest.mark.parametrize(
    "word", ["no", "off", "Yes", "2024-01-01", "12:30", "0x1f", ".nan", "=", "<<"]
)
def test_a_word_stays_a_word(word: str) -> None:
    assert read(changed(("title: Stier", f"title: {word}"))).actions[1].title == word


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3.3", "3.3"),
        ("-0.5", "-0.5"),
        ("+7", "7"),
        ("1e3", "1000"),
        ("-0", "0"),
        ("99999999999", "99999999999"),
        ("2.50000", "2.5"),
        ("0.000", "0"),
    ],
)
def test_numbers_are_exact(written: str, value: str) -> None:
    rows = read(changed(("target: 4.5", f"target: {written}")))
    assert rows.actions[0].goals[0].indicators[1].target == Decimal(value)


def test_a_text_keeps_its_line_feeds() -> None:
    rows = read(changed(("vision: Vi holder sammen.", "vision: |\n  Et.\n\n  To.")))
    assert rows.vision == "Et.\n\nTo.\n"


def test_actions_come_in_the_order_of_their_numbers() -> None:
    data = yaml.safe_load(SMALL)
    data["actions"].reverse()
    assert read(json.dumps(data)) == read(SMALL)


def test_the_example_in_the_documentation_is_read() -> None:
    document = (ROOT / "docs" / "catalogue-file.md").read_text(encoding="utf-8")
    example = document.partition("```yaml\n")[2].partition("```")[0]
    assert read(example).slug == "plan-22"


def test_a_municipality_of_another_size_and_period_is_read() -> None:
    rows = read_file(OTHER_MUNICIPALITY)
    assert (len(rows.actions), rows.period_from, rows.period_to) == (7, 2022, 2025)
    assert (rows.selection_min, rows.selection_max) == (2, 3)
    assert all(len(action.goals) > 1 for action in rows.actions)
    assert "jammerbugt" not in OTHER_MUNICIPALITY.read_text(encoding="utf-8").lower()


# Every fault with its place.


FAULTS = {
    # What the schema says.
    "another version": ("handlingskatalog/1", "handlingskatalog/3", "linje 1: format: skal være handlingskatalog/1 eller handlingskatalog/2"),
    "a slug with capitals": ("slug: plan-22", "slug: Plan 22", "linje 2: slug: ”Plan 22” må kun have små bogstaver"),
    "a slug of two lines": ("slug: plan-22", 'slug: "plan\\n"', "linje 2: slug: skal stå på én linje"),
    "a slug that is an address": ("slug: plan-22", "slug: rapporter", "linje 2: slug: er optaget"),
    "an empty value": ("title: Plan 22", "title:", "linje 3: title: værdien mangler"),
    "a number for a text": ("title: Plan 22", "title: 22", "linje 3: title: skal være en tekst, men er tallet 22; sæt den i anførselstegn"),
    "a truth for a text": ("title: Plan 22", "title: true", "linje 3: title: skal være en tekst, men er true"),
    "an empty text": ("title: Plan 22", 'title: ""', "linje 3: title: teksten er tom"),
    "a blank text": ("title: Plan 22", 'title: "  "', "linje 3: title: teksten er tom"),
    "a blank prose": ("Vi holder sammen.", '" \\n"', "linje 6: vision: teksten er tom"),
    "space around a title": ("title: Plan 22", 'title: "Plan 22 "', "linje 3: title: har mellemrum først eller sidst"),
    "a title of two lines": ("title: Plan 22", 'title: "Plan\\n22"', "linje 3: title: skal stå på én linje"),
    "a title too long": ("title: Plan 22", f"title: {'x' * 201}", "linje 3: title: er på 201 tegn; der er plads til 200"),
    "a control character": ("title: Plan 22", 'title: "Plan\\a22"', "linje 3: title: tegnet U+0007 kan ikke bruges i en tekst"),
    "half a character": ("title: Plan 22", 'title: "Plan\\ud83d"', "linje 3: title: tegnet U+D83D kan ikke bruges i en tekst"),
    "a mark that turns text": ("title: Plan 22", 'title: "Plan\\u202e22"', "linje 3: title: tegnet U+202E kan ikke bruges i en tekst"),
    "an unknown key": ("strategy:", "stratgy:", "linje 5: stratgy: ukendt nøgle ”stratgy” (mente du strategy?)"),
    "a list for a text": ("Vi holder sammen.", "[a, b]", "linje 6: vision: skal være en tekst, men er en liste"),
    "a text for a year": ("midterm_year: 2024", "midterm_year: i 2024", "linje 8: midterm_year: skal være et helt tal, men er teksten ”i 2024”"),
    "half a year": ("midterm_year: 2024", "midterm_year: 2024.5", "linje 8: midterm_year: skal være et helt tal, men er tallet 2024.5"),
    "a year long ago": ("from: 2022", "from: 22", "linje 7: period › from: skal være mindst 1900"),
    "a year far ahead": ("to: 2025", "to: 20255", "linje 7: period › to: må højst være 2200"),
    "a word for a list": ("partners: []", "partners: ingen", "linje 32: handling 2 › partners: skal være en liste, men er teksten ”ingen”"),
    "a word for a record": ("{name: Åens Venner}", "Åens Venner", "linje 17: handling 1 › samarbejdspartner 1: skal være et sæt af nøgler og værdier"),
    "nobody responsible": ("\n      - {position: Vejchefen}", " []", "linje 14: handling 1 › responsible: listen skal have mindst 1"),
    "an unknown comparison": ("at_most", "højst", "linje 22: handling 1 › mål 1 › måltal 2 › comparison: skal være at_least eller at_most"),
    "an unknown frequency": ("yearly", "monthly", "linje 21: handling 1 › mål 1 › måltal 1 › frequency: kan kun være yearly"),
    "yearly and by": ("frequency: yearly", "frequency: yearly, by: 2025", "linje 21: handling 1 › mål 1 › måltal 1 › by: frequency og by kan ikke bruges sammen"),
    "a decimal comma": ("target: 4.5", "target: 4,5", "linje 22: handling 1 › mål 1 › måltal 2 › 5: ukendt nøgle ”5” (skriv decimaler med punktum: 3.3)"),
    "a decimal comma in a text": ("target: 4.5", 'target: "4,5"', "linje 22: handling 1 › mål 1 › måltal 2 › target: skal være et tal, men er teksten ”4,5”; skriv tal uden enhed og med punktum"),
    "not a number": ("target: 4.5", "target: .nan", "target: skal være et tal, men er teksten ”.nan”"),
    "an octal number": ("target: 4.5", "target: 0100", "target: skal være et tal, men er teksten ”0100”"),
    "a number too large": ("target: 4.5", "target: 100000000000", "target: tallet har over 11 cifre før kommaet"),
    "a number far too large": ("target: 4.5", "target: -1e9999", "target: tallet har over 11 cifre før kommaet"),
    "a number too long": ("target: 4.5", f"target: {'9' * 5000}", "target: tallet er for langt"),
    "too many decimals": ("target: 4.5", "target: 4.50001", "target: tallet har over 4 decimaler"),
    "a thousand or one and a half": ("baseline: 31", "baseline: 1.500", "baseline: 1.500 kan læses på to måder; skriv 1500 eller 1.5"),
    # What the schema cannot say.
    "a number used twice": ("number: 2", "number: 1", "linje 28: handling 1 › number: nummeret er brugt før (linje 12)"),
    "an initiative twice": ("title: Kloakker", "title: Badebroer", "linje 26: handling 1 › indsats 2 › title: indsatsen står to gange i handlingen (første gang i linje 24)"),
    "an indicator twice": ("name: Overløb", "name: Badedage", "linje 22: handling 1 › mål 1 › måltal 2 › name: måltallet står to gange i målet (første gang i linje 21)"),
    "a position twice": ("- {position: Vejchefen}", "- {position: Vejchefen}\n      - {position: Vejchefen}", "linje 16: handling 1 › ansvarlig 2 › position: stillingen står to gange i handlingen (første gang i linje 15)"),
    "a partner twice": ("- {name: Åens Venner}", "- {name: Åens Venner}\n      - {name: Åens Venner}", "linje 18: handling 1 › samarbejdspartner 2 › name: samarbejdspartneren står to gange"),
    "a position spelled twice": ("{position: Vejchefen, note", "{position: vej-chefen, note", "linje 31: handling 2 › ansvarlig 1 › position: ”vej-chefen” staves ”Vejchefen” andre steder (linje 15); vælg én stavemåde"),
    "a partner spelled twice": ("partners: []", "partners: [{name: åens venner}]", "linje 32: handling 2 › samarbejdspartner 1 › name: ”åens venner” staves ”Åens Venner” andre steder (linje 17)"),
    "no such action": ("{action: 1, initiative", "{action: 9, initiative", "linje 27: handling 1 › indsats 2 › henvisning 1 › action: der er ingen handling 9"),
    "no such initiative": ("initiative: Badebroer", "initiative: Badebro", "linje 27: handling 1 › indsats 2 › henvisning 1 › initiative: handling 1 har ingen indsats ”Badebro” (mente du ”Badebroer”?)"),
    "a reference to itself": ("initiative: Badebroer", "initiative: Kloakker", "linje 27: handling 1 › indsats 2 › henvisning 1 › initiative: indsatsen henviser til sig selv"),
    "a reference twice": ("[{action: 1, initiative: Badebroer}]", "[{action: 1, initiative: Badebroer}, {action: 1, initiative: Badebroer}]", "henvisning 2 › initiative: den samme henvisning står to gange"),
    "a period backwards": ("to: 2025", "to: 2021", "linje 7: period › to: perioden slutter i 2021, før den begynder i 2022"),
    "a midterm outside": ("midterm_year: 2024", "midterm_year: 2026", "linje 8: midterm_year: 2026 ligger uden for perioden 2022–2025"),
    "selection backwards": ("min: 1, max: 2", "min: 2, max: 1", "linje 10: selection › max: max (1) er mindre end min (2)"),
    "by before the period": ("by: 2025", "by: 2021", "linje 22: handling 1 › mål 1 › måltal 2 › by: 2021 er før perioden begynder i 2022"),
    # What YAML can do, and a catalogue may not.
    "an anchor": ("title: Plan 22", "title: &a Plan 22", "linje 3: title: ankre (&navn) kan ikke bruges"),
    "a tag": ("title: Plan 22", "title: !!python/name:os.system Plan", "linje 3: title: mærker (!navn) kan ikke bruges"),
    "a tag without a name": ("title: Plan 22", "title: ! Plan", "linje 3: title: mærker (!navn) kan ikke bruges"),
    "a key twice": ("title: Plan 22", "title: Plan 22\ntitle: Plan 23", "linje 4: title: nøglen står to gange (første gang i linje 3)"),
    "a list for a key": ("title: Plan 22", "title: Plan 22\n? [a]\n: b", "en nøgle skal være en tekst"),
    "a merge": ("title: Plan 22", "title: Plan 22\n<<: {a: b}", "linje 4: <<: ukendt nøgle ”<<”"),
    "a number for a key": ("title: Plan 22", "title: Plan 22\nnull: b", "linje 4: null: ukendt nøgle ”null”"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_place(old: str, new: str, expected: str) -> None:
    found = faults_of(changed((old, new)))
    assert len(found) <= 2
    assert any(expected in fault for fault in found), found


SINGLE = [name for name in FAULTS if name not in {"an unknown key", "a decimal comma", "a period backwards", "an initiative twice", "half a year"}]  # fmt: skip


@pytest.mark.parametrize("name", SINGLE)
def test_a_fault_is_told_once(name: str) -> None:
    old, new, _expected = FAULTS[name]
    assert len(faults_of(changed((old, new)))) == 1


@pytest.mark.parametrize("key", ["slug", "title", "municipality", "strategy", "midterm_year"])
def test_what_the_catalogue_must_have_is_missed(key: str) -> None:
    lines = [line for line in SMALL.splitlines() if not line.startswith(f"{key}:")]
    assert faults_of("\n".join(lines)) == [f"linje 1, kolonne 1: {key} mangler"]


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("period",), "to", "period"),
        (("bodies",), "council", "bodies"),
        (("selection",), "min", "selection"),
        (("actions", 1), "number", "handling (den 2. i filen)"),
        (("actions", 0), "title", "handling 1"),
        (("actions", 0), "responsible", "handling 1"),
        (("actions", 0), "partners", "handling 1"),
        (("actions", 0), "goals", "handling 1"),
        (("actions", 1), "initiatives", "handling 2"),
        (("actions", 0, "responsible", 0), "position", "handling 1 › ansvarlig 1"),
        (("actions", 0, "partners", 0), "name", "handling 1 › samarbejdspartner 1"),
        (("actions", 0, "goals", 0), "text", "handling 1 › mål 1"),
        (("actions", 0, "goals", 0, "indicators", 1), "unit", "handling 1 › mål 1 › måltal 2"),
        (("actions", 0, "goals", 0, "indicators", 1), "target", "handling 1 › mål 1 › måltal 2"),
        (("actions", 0, "goals", 0, "indicators", 1), "comparison", "handling 1 › mål 1 › måltal 2"),
        (("actions", 0, "initiatives", 0, "milestones", 0), "year", "handling 1 › indsats 1 › milepæl 1"),
        (("actions", 0, "initiatives", 1, "related", 0), "action", "handling 1 › indsats 2 › henvisning 1"),
    ],
)  # fmt: skip
def test_what_a_record_must_have_is_missed(
    path: tuple[str | int, ...], key: str, place: str
) -> None:
    data = yaml.safe_load(SMALL)
    record = data
    for step in path:
        record = record[step]
    del record[key]
    (fault,) = faults_of(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    assert fault.endswith(f": {place}: {key} mangler")


def test_a_missing_version_tells_which_is_known() -> None:
    (fault,) = faults_of(without("format:"))
    assert fault == "linje 1, kolonne 1: format mangler; skriv format: handlingskatalog/1"


def first_segments(patterns: list[Any]) -> Iterator[str]:
    """The first part of every address that does not begin with a catalogue's slug."""
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^")
        if not route and isinstance(pattern, URLResolver):
            yield from first_segments(pattern.url_patterns)
        elif re.match(r"[a-z0-9-]+(/|$)", route):
            yield route.partition("/")[0]


def test_no_catalogue_can_hide_a_page_of_the_application() -> None:
    segments = set(first_segments(get_resolver().url_patterns))
    assert {"konto", "stillinger"} <= segments
    assert segments <= RESERVED_SLUGS


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(
        ("slug: plan-22", "slug: Plan"),
        ("midterm_year: 2024", "midterm_year: &x 1999"),
        ("title: En å", "title: *x"),
        ("at_most", "most"),
        ("number: 2", "number: 1"),
        ("text: Man kan cykle trygt.", "text: 3\n      - text: 4"),
    )
    found = faults_of(text)
    assert [fault.partition(":")[0] for fault in found] == [
        f"linje {line}" for line in (2, 8, 13, 22, 28, 34, 35)
    ]


def test_faults_inside_a_second_key_are_told_too() -> None:
    found = faults_of(changed(("to: 2025}", "to: 2025}\nperiod: {from: 1, from: 2}")))
    assert found == [
        "linje 8: period: nøglen står to gange (første gang i linje 7)",
        "linje 8: period' › from: nøglen står to gange (første gang i linje 8)",
    ]


def test_unicode_forms_and_ampersands_are_no_other_spelling() -> None:
    same = [
        "Plan- og Miljøchefen",
        "plan- &  miljøchefen",
        "Plan og Miljøchefen",
        "Plan\u2011 og Miljø\u00adchefen",
    ]
    assert len({spelling_key(name) for name in same}) == 1
    assert spelling_key("Ma\u030alchefen") == spelling_key("M\u00e5lchefen")
    assert spelling_key("Planchefen") != spelling_key("Plan- og Miljøchefen")


# What is no catalogue at all.


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "filen er tom"),
        (b"\xef\xbb\xbf", "filen er tom"),
        (b" \n\n\t", "filen er tom"),
        (b"# kun en kommentar\n", "filen er tom"),
        (b"---\n", "linje 2, kolonne 1: værdien mangler"),
        (b"null", "linje 1, kolonne 1: værdien mangler"),
        (b"[1, 2]", "linje 1, kolonne 1: skal være et sæt af nøgler og værdier, men er en liste"),
        (b"hej", "linje 1, kolonne 1: skal være et sæt af nøgler og værdier, men er teksten ”hej”"),
        (b"%PDF-1.7\n\x00\xff", "linje 2, kolonne 1: det er ikke en tekstfil (binær)"),
        (b"\x89PNG\r\n\x1a\n", "linje 1, kolonne 1: teksten er ikke UTF-8; gem filen som UTF-8"),
        ("slug: æ".encode("latin-1"), "linje 1, kolonne 7: teksten er ikke UTF-8; gem filen som UTF-8"),
        ("slug: æ".encode("utf-16"), "filen er gemt som UTF-16; gem den som UTF-8"),
        (b"a: b\r\nc: \x07", "linje 2, kolonne 4: tegnet U+0007 kan ikke stå i en tekstfil; er det en anden slags fil?"),
        (b"a: b\n" * 500_000, "filen er større end 2 MB"),
        (b"a: b\n---\nc: d\n", "linje 2, kolonne 1: filen må kun rumme ét dokument"),
        (b"a: b: c", "linje 1, kolonne 5: her må ikke stå et kolon; sæt teksten i anførselstegn"),
        (b"a: 'b", "linje 1, kolonne 6: filen slutter midt i en tekst; der mangler et anførselstegn"),
        (b"a:\n\t- b", "linje 2, kolonne 1: tabulator kan ikke bruges til indrykning; brug mellemrum"),
        (b"unit: %", "linje 1, kolonne 7: en tekst kan ikke begynde med %; sæt den i anførselstegn"),
        (b"a: [1, 2", "linje 1, kolonne 9: her mangler et komma eller ]"),
        (b"a: 1\n b: 2", "linje 2, kolonne 3: her må ikke stå et kolon; sæt teksten i anførselstegn"),
        (b"a: 1\n- b", "linje 2, kolonne 1: indrykningen eller opstillingen passer ikke med linjerne over"),
        (b"a: 1\nb\nc: 2", "linje 3, kolonne 1: her mangler et kolon efter en nøgle"),
        (b'a: "\\q"', "linje 1, kolonne 6: omvendt skråstreg skal skrives dobbelt i anførselstegn: \\\\"),
        (b'{"a" 1}', "linje 1, kolonne 6: her følger filen ikke JSON: et tegn mangler eller er overflødigt"),
        (b"%YAML 2.0\n---\na: b", "linje 1, kolonne 1: kun YAML 1 kan læses"),
        (b'a: "\\UFFFFFFFF"', "linje 1, kolonne 7: filen kan ikke læses som YAML her"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_catalogue_is_refused(content: bytes, expected: str) -> None:
    assert faults_of(content) == [expected]


def test_a_comma_too_many_makes_json_into_yaml() -> None:
    text = json.dumps(yaml.safe_load(SMALL))
    assert read(text[:-1] + ",}") == read(SMALL)


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_a_yaml_bomb_is_refused_in_no_time() -> None:
    began = time.process_time()
    found = faults_of(BOMB)
    assert any("henvisninger (*navn) kan ikke bruges" in fault for fault in found)
    assert any("ankre (&navn) kan ikke bruges" in fault for fault in found)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a:\n" + "".join(f"{' ' * depth}b:\n" for depth in range(1, 1000)),
    ],
    ids=["[", "{", "[]", "-", "?", "a:"],
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert any("filen er indlejret mere end 20 niveauer dybt" in one for one in faults_of(text))


def test_a_file_of_very_many_values_is_refused() -> None:
    (fault,) = faults_of("[" + "1," * 60_000 + "1]")
    assert fault.endswith("filen rummer over 50000 værdier; det er ikke et handlingskatalog")


def test_a_reference_that_holds_itself_is_refused() -> None:
    assert "linje 1, kolonne 1: ankre (&navn) kan ikke bruges" in faults_of("&a [*a]")


def test_what_was_found_before_a_syntax_fault_is_told_too() -> None:
    found = faults_of("a: 1\na: 2\nb: 'c")
    assert found[0].startswith("linje 2: a: nøglen står to gange")
    assert found[1].startswith("linje 3, kolonne 6: filen slutter midt i en tekst")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match=r"^filen findes ikke$"):
        read_file(tmp_path / "ingen.yaml")


def test_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFileError, match=r"^det er en mappe, ikke en fil$"):
        read_file(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "lukket.yaml"
    file.write_text(SMALL, encoding="utf-8")
    file.chmod(0)
    with pytest.raises(CatalogueFileError, match=r"^filen må ikke læses"):
        read_file(file)


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_that_no_file_can_have_is_told(name: str) -> None:
    with pytest.raises(CatalogueFileError, match=r"^filen kan ikke læses$"):
        read_file(name)


def test_a_device_without_end_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(CatalogueFileError, match="større end 2 MB"):
        read_file("/dev/zero")


def test_a_fault_shows_nothing_that_could_fool_the_reader() -> None:
    (fault,) = faults_of(changed(("at_most", '"a\\e[2J\\n\\u202e"')))[-1:]
    assert all(character.isprintable() for character in fault)


# Writing gives the same back.


@pytest.mark.parametrize("path", [OTHER_MUNICIPALITY, REAL], ids=lambda path: path.stem)
def test_a_file_comes_back_equal_to_any_reader(path: Path) -> None:
    rows = read_file(path)
    assert yaml.safe_load(to_text(rows, "yaml")) == plain(path)
    assert json.loads(to_text(rows, "json")) == plain(path)


def test_the_yaml_is_laid_out_as_in_the_documentation() -> None:
    written = to_text(read(SMALL), "yaml")
    assert written.splitlines()[:8] == SMALL.splitlines()[:8]
    assert "      - {position: Vejchefen, note: Alle stier.}\n    partners: []\n" in written
    assert "target: 4.5, comparison: at_most, by: 2025, baseline: 31}\n" in written
    assert list(yaml.safe_load(written)) == list(yaml.safe_load(SMALL))


def test_the_json_keeps_danish_letters_and_short_numbers() -> None:
    written = to_text(read(SMALL), "json")
    assert '"municipality": "Nørreå Kommune",\n' in written
    assert '"target": 4.5,\n' in written
    assert '"target": 120,\n' in written
    assert written.endswith("\n}\n")


def test_large_and_exact_numbers_survive_both_languages() -> None:
    exact = "99999999999.9999"
    rows = read(changed(("target: 4.5", f"target: {exact}")))
    for text in (to_text(rows, "yaml"), to_text(rows, "json")):
        assert exact in text
        assert read(text) == rows


@pytest.mark.slow
@given(catalogues())
@settings(max_examples=60)
def test_any_catalogue_survives_both_languages(rows: CatalogueRows) -> None:
    as_yaml, as_json = to_text(rows, "yaml"), to_text(rows, "json")
    assert read(as_yaml) == rows
    assert read(as_json) == rows
    assert yaml.safe_load(as_yaml) == json.loads(as_json)


# Nothing gets through but the one error.


def _survives(content: bytes) -> None:
    try:
        rows = read_bytes(content)
    except CatalogueFileError as error:
        assert error.faults
        assert all(fault.message for fault in error.faults)
        assert "\n".join(map(str, error.faults)).encode(errors="strict")
    else:
        assert read(to_text(rows, "yaml")) == rows


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    _survives(content)


PIECES = st.sampled_from(
    ["{", "}", "[", "]", ":", ": ", "- ", "? ", ",", "\n", "\n  ", "#", "&a", "*a", "!t", "|", ">", "'", '"', "\\", "%", "@", "---", "...", "\t", "null", "-1e400", "1.5", "æ", '"\\ud800"', "actions", "number", "\ufeff", "<<"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300)
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    _survives(text.encode())


@pytest.mark.slow
@given(st.data())
@settings(max_examples=100)
def test_any_change_to_a_catalogue_is_read_or_refused(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([SMALL, to_text(read(SMALL), "json")]))
    for _change in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = min(len(source), start + data.draw(st.integers(0, 12)))
        source = source[:start] + data.draw(PIECES | st.text(max_size=3)) + source[end:]
    _survives(source.encode("utf-8", "surrogatepass"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@pytest.mark.slow
@given(st.data())
@settings(max_examples=100)
def test_any_value_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    catalogue: Any = yaml.safe_load(SMALL)
    record: Any = catalogue
    while True:
        key = data.draw(
            st.sampled_from(sorted(record) if isinstance(record, dict) else range(len(record)))
        )
        if not isinstance(record[key], dict | list) or not record[key] or data.draw(st.booleans()):
            record[key] = data.draw(VALUES)
            break
        record = record[key]
    _survives(json.dumps(catalogue).encode())


# The schema itself.


def test_a_number_has_as_many_digits_in_a_file_as_in_a_field() -> None:
    number = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))["$defs"]["number"]
    limit = number["exclusiveMaximum"]
    assert limit == -number["exclusiveMinimum"] == 10**WHOLE_DIGITS
    assert parse_number(str(limit - 1)) == limit - 1
    with pytest.raises(ValueError, match="højst 11 cifre"):
        parse_number(str(limit))


def test_the_schema_is_a_schema_that_accepts_what_is_written() -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(plain(REAL))
    Draft202012Validator(schema).validate(plain(OTHER_MUNICIPALITY))


def _keywords(schema: Any) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inner += [schema.get("items"), *schema.get("allOf", [])]
    return set(schema).union(*map(_keywords, inner))


def test_every_keyword_of_the_schema_has_a_danish_message() -> None:
    silent = {
        "$schema",
        "$id",
        "$defs",
        "$ref",
        "title",
        "description",
        "properties",
        "items",
        "allOf",
        "if",
        "then",
        "else",
        "default",
    }
    assert _keywords(json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))) - silent == set(MESSAGES)


def test_the_schema_closes_every_record() -> None:
    def closed(schema: Any) -> bool:
        if not isinstance(schema, dict | list):
            return True
        if isinstance(schema, list):
            return all(map(closed, schema))
        is_record = "properties" in schema and "type" in schema  # else a condition of one
        return (not is_record or schema["additionalProperties"] is False) and all(
            map(closed, schema.values())
        )

    assert closed(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def test_the_schema_s_limits_are_the_database_s() -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    defs = schema["$defs"]
    limits = {
        (Catalogue, "slug"): schema["properties"]["slug"],
        (Catalogue, "title"): schema["properties"]["title"],
        (Catalogue, "municipality"): schema["properties"]["municipality"],
        (Catalogue, "strategy"): schema["properties"]["strategy"],
        (Catalogue, "council"): defs["name"],
        (Action, "title"): defs["heading"],
        (Initiative, "title"): defs["heading"],
        (Position, "name"): defs["name"],
        (Partner, "name"): defs["name"],
        (Indicator, "name"): defs["name"],
        (Indicator, "unit"): defs["indicator"]["properties"]["unit"],
    }
    for (model, name), part in limits.items():
        field = model._meta.get_field(name)
        assert getattr(field, "max_length", None) == part["maxLength"], (model, name)
    assert set(defs["indicator"]["properties"]["comparison"]["enum"]) <= set(Comparison.values)
