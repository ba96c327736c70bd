"""Typed rows → YAML or JSON text that reads back as the same rows.

Keys have the order of DOMAIN.md's example; optional values that are empty are left out.
"""

import json
import re
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Final, Literal

import yaml

from actions.catalogue.file.format import TARGET_OF_YES, format_of
from actions.catalogue.file.rows import (
    YES_NO,
    ActionRow,
    CatalogueRows,
    GoalRow,
    IndicatorRow,
    InitiativeRow,
    MoneyRow,
    PartnerRow,
    ResponsibleRow,
)
from actions.catalogue.file.text.events import resolve_scalar

#: A record of at most this many characters is written on one line: {name: …, year: …}.
LONGEST_RECORD: Final = 120
# What other YAML readers take for a number, though ours does not.
NUMBER_TO_OTHERS = re.compile(r"[-+]?(?:0[0-9]+|0[xob][0-9a-fA-F]+|[0-9][0-9_]*)(?:\.[0-9]*)?")


def to_text(rows: CatalogueRows, language: Literal["yaml", "json"]) -> str:
    """The whole file, ending in a line feed."""
    data = to_data(rows)
    if language == "yaml":
        return _yaml(data)
    # A float is exact for a number's 15 digits.
    return json.dumps(data, ensure_ascii=False, indent=2, default=float) + "\n"


def to_data(rows: CatalogueRows) -> dict[str, Any]:
    """Plain data as `parsing` gives it: str, int, Decimal, lists and mappings."""
    data = _catalogue(rows)
    return {"format": format_of(data), **data}


def _catalogue(rows: CatalogueRows) -> dict[str, Any]:
    return {
        "slug": rows.slug,
        "title": rows.title,
        "municipality": rows.municipality,
        "strategy": rows.strategy,
        "vision": rows.vision,
        "period": {"from": rows.period_from, "to": rows.period_to},
        **_filled(midterm_year=rows.midterm_year, kle=rows.kle, case_number=rows.case_number),
        "bodies": {
            "overall_responsible": rows.overall_responsible,
            "coordinator": rows.coordinator,
            "steering_committee": rows.steering_committee,
            "council": rows.council,
        },
        "selection": {"min": rows.selection_min, "max": rows.selection_max},
        "actions": [_action(action) for action in rows.actions],
    }


def _action(row: ActionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        **_filled(
            code=row.code,
            theme=row.theme,
            committee=row.committee,
            sdg=list(row.sdg),
            summary=row.summary,
            purpose=row.purpose,
            ambition=row.ambition,
        ),
        **_filled(**{"from": row.starts_on.isoformat() if row.starts_on else ""}),
        **_filled(
            stopped=_stopped(row),
            origin=[asdict(one) for one in row.origin],
            money=[_money(one) for one in row.money],
        ),
        "responsible": [_responsible(one) for one in row.responsible],
        "partners": [_partner(partner) for partner in row.partners],
        "goals": [_goal(goal) for goal in row.goals],
        "initiatives": [_initiative(initiative) for initiative in row.initiatives],
    }


def _filled(**optional: Any) -> dict[str, Any]:
    return {name: value for name, value in optional.items() if value not in ("", [], None)}


def _stopped(row: ActionRow) -> dict[str, str] | None:
    if row.stopped_on is None:
        return None
    return {"day": row.stopped_on.isoformat(), "decision": row.stopped_by}


def _responsible(row: ResponsibleRow) -> dict[str, Any]:
    return {"position": row.position, **_filled(note=row.note)}


def _partner(row: PartnerRow) -> dict[str, Any]:
    return {"name": row.name, **_filled(contribution=row.contribution)}


def _goal(row: GoalRow) -> dict[str, Any]:
    return {"text": row.text, **_filled(indicators=[_indicator(one) for one in row.indicators])}


def _money(row: MoneyRow) -> dict[str, Any]:
    words = _filled(kind=row.kind, state=row.state, decision=row.decided)
    return {"year": row.year, "amount": _number(row.amount), **words}


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    return {
        "name": row.name,
        **_filled(kind=row.kind if row.kind != "number" else ""),
        **_target(row),
        **_filled(
            frequency="yearly" if row.yearly else "",
            by=None if row.targets else row.by,
            baseline=_number_or_none(row.baseline),
            baseline_year=row.baseline_year,
            measures=row.measures if row.measures != "level" else "",
            every=row.every if row.every != 1 else None,
            decimals=row.decimals,
            tolerance=_number_or_none(row.tolerance),
            supplier=row.supplier,
        ),
    }


def _target(row: IndicatorRow) -> dict[str, Any]:
    """Its unit, target and comparison: none of a yes or no, which is to be a yes."""
    if row.kind == YES_NO:
        return {"target": TARGET_OF_YES}
    target: Any = _number(row.target)
    if row.targets:
        steps = [(one.year, one.value) for one in row.targets]
        every = [*steps, (row.by, row.target)]
        of_years = [{"year": year, "value": _number(value)} for year, value in every]
        return {"unit": row.unit, "comparison": row.comparison, "targets": of_years}
    if row.upper is not None:
        target = [target, _number(row.upper)]
    return {"unit": row.unit, "target": target, "comparison": row.comparison}


def _number_or_none(value: Decimal | None) -> int | Decimal | None:
    return None if value is None else _number(value)


def _initiative(row: InitiativeRow) -> dict[str, Any]:
    return {
        "title": row.title,
        **_filled(
            description=row.description,
            milestones=[asdict(milestone) for milestone in row.milestones],
            related=[asdict(related) for related in row.related],
        ),
    }


def _number(value: Decimal) -> int | Decimal:
    """A whole number as int, else the shortest decimal: 100.0000 → 100, 3.3000 → 3.3."""
    if value == value.to_integral_value():
        return int(value)
    return value.normalize()


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indents lists under their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9))


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_style_of(text))


def _style_of(text: str) -> str | None:
    if "\n" in text:
        return "|"
    if not isinstance(resolve_scalar(text), str) or NUMBER_TO_OTHERS.fullmatch(text):
        return "'"
    return None


def _represent_decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))


def _represent_mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.Node:
    return dumper.represent_mapping(
        "tag:yaml.org,2002:map", value, flow_style=_fits_on_a_line(value)
    )


def _represent_list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=not value)


def _fits_on_a_line(record: dict[str, Any]) -> bool:
    values = [str(value) for value in record.values()]
    return (
        not any(isinstance(value, dict | list) for value in record.values())
        and not any("\n" in value for value in values)
        and sum(map(len, [*record, *values])) + 4 * len(record) <= LONGEST_RECORD
    )


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)
