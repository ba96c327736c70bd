"""The style sheets keep to static/css/: a colour is a token, a page's own rule is in pages/."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import tinycss2
from django.conf import settings
from tinycss2.color4 import parse_color

ROOT: Final = Path(settings.BASE_DIR)
CSS: Final = ROOT / "static" / "css"
TEMPLATES: Final = ROOT / "templates"
LAYERS: Final = {"dkfds", "base", "components", "pages"}

#: Each folder of the two apps: a template's folder and a page's sheet are named by one of them.
WINGS: Final = {
    path.parent.name for app in ("actions", "reports") for path in ROOT.glob(f"{app}/*/__init__.py")
}
#: What Python puts into a page: the part, and the pages that show it.
PUT_IN: Final = {
    "reports/document/goal_look.html": ["status/status.html", "status/preview.html"],
    "editions/_edition.html": ["editions/edition.html", "reports/public/edition.html"],
}
#: Components of several wings, though one template has them: lines are added, moved and removed in
#: one way only, and each page that has a PDF made shows its progress.
SHARED: Final = {"line--inner", "pdf-progress"}


class Rule(NamedTuple):
    sheet: str
    layer: str
    media: str
    selector: str
    declarations: dict[str, list[Any]]

    @property
    def classes(self) -> set[str]:
        return set(re.findall(r"\.([a-zA-Z][\w-]*)", self.selector))

    @property
    def leading(self) -> set[str]:
        """The classes that the selector's parts begin with: whose rule it is."""
        return set(re.findall(r"(?:^|, )[a-z]*\.([a-zA-Z][\w-]*)", self.selector))

    def __str__(self) -> str:
        return f"{self.sheet}: {self.media} {self.selector}".replace(":  ", ": ")


def _rules_in(nodes: list[Any], sheet: str, layer: str, media: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            named = f"{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            inside = tinycss2.parse_blocks_contents(node.content)
            if node.lower_at_keyword == "layer":
                yield from _rules_in(inside, sheet, named.removeprefix("layer "), media)
            elif node.lower_at_keyword in {"media", "container"}:
                yield from _rules_in(inside, sheet, layer, f"@{named}")
            else:
                yield Rule(sheet, layer, media, f"@{named}", {})
        elif node.type == "qualified-rule":
            said = tinycss2.parse_blocks_contents(node.content)
            values = {item.name: item.value for item in said if item.type == "declaration"}
            selector = " ".join(tinycss2.serialize(node.prelude).split())
            yield Rule(sheet, layer, media, selector, values)


@cache
def _rules() -> list[Rule]:
    return [
        rule
        for path in sorted(CSS.rglob("*.css"))
        for rule in _rules_in(
            tinycss2.parse_stylesheet(path.read_text("utf-8"), skip_comments=True),
            path.relative_to(CSS).as_posix(),
            "",
            "",
        )
    ]


def _inside(value: list[Any]) -> Iterator[Any]:
    """The tokens of a value, and of what it calls: a colour may lie in a gradient."""
    for token in value:
        yield token
        if token.type == "function" and token.lower_name != "var":
            yield from _inside(token.arguments)


def _block(name: str) -> str:
    """A part (`panel__title`) and a variant (`panel--link`) lie with what they belong to."""
    return re.split("__|--", name)[0]


@cache
def _class_names(source: str) -> set[str]:
    """What a template says in `class`; a name that is put together ends with *."""
    names = set()
    for value in re.findall(r'class="((?:{{[^}]*}}|{%[^%]*%}|[^"{])*)"', source):
        names.update(re.sub(r"{%.*?%}", " ", re.sub(r"{{.*?}}", "*", value)).split())
    return names


@cache
def _templates() -> dict[str, str]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*.html"))
        if "pdf" not in path.parts
    }


def _wing(template: str) -> str:
    """The wing whose folder the template lies in; "" if several wings share it."""
    folder = template.partition("/")[0]
    return "documents" if folder == "reports" else folder if folder in WINGS else ""


def _wings_of_blocks() -> dict[str, set[str]]:
    wings: dict[str, set[str]] = defaultdict(set)
    for template, source in _templates().items():
        for name in _class_names(source):
            wings[_block(name.rstrip("*-"))].add(_wing(template))
    return wings


@cache
def _own_classes() -> dict[str, str]:
    """The classes that begin a rule of a page's sheet, and no rule of the shared ones."""
    shared = {name for rule in _rules() if rule.layer != "pages" for name in rule.classes}
    return {
        name: rule.sheet
        for rule in _rules()
        if rule.layer == "pages"
        for name in rule.leading - shared
    }


def _sheets_of(template: str) -> set[str]:
    """The pages' sheets that a template and its parts need."""
    parts = [template, *(put for put, pages in PUT_IN.items() if template in pages)]
    sheets, seen = set(), set()
    while parts:
        part = parts.pop()
        if part not in seen and part in _templates():
            seen.add(part)
            source = _templates()[part]
            sheets |= {_own_classes()[name] for name in _class_names(source) & set(_own_classes())}
            parts += re.findall(r'{% (?:include|extends) "([^"]+)"', source)
    return sheets


def _say(faults: list[str], what: str) -> None:
    assert not faults, f"{what}:\n" + "\n".join(sorted(set(faults)))


def test_every_colour_is_a_token() -> None:
    faults = [
        f"{rule}: {name} says {tinycss2.serialize([token])}"
        for rule in _rules()
        if rule.sheet != "tokens.css"
        for name, value in rule.declarations.items()
        for token in _inside(value)
        if token.type in {"hash", "ident", "function"}
        and tinycss2.serialize([token]).lower() not in {"transparent", "currentcolor"}
        and parse_color(token) is not None
    ]
    _say(faults, "Name the colour in tokens.css, and say var(--its-name) here")


def test_every_class_is_used() -> None:
    said = {name for source in _templates().values() for name in _class_names(source)}
    starts = tuple(name[:-1] for name in said if name.endswith("*") and name != "*")
    code = "\n".join(
        path.read_text("utf-8")
        for folder, files in (
            ("actions", "*.py"),
            ("reports", "*.py"),
            ("handlingskatalog", "*.py"),
            ("static/js", "*.js"),
            ("node_modules/dkfds/dist/js", "dkfds.js"),
        )
        for path in sorted((ROOT / folder).rglob(files))
    )
    words = set(re.findall(r"[\w-]+", code))
    starts += tuple(re.findall(r"([\w-]+-)(?={|\$)", code))
    faults = [
        f"{rule}: .{name}"
        for rule in _rules()
        for name in rule.classes - said - words
        if not name.startswith(starts)
    ]
    _say(faults, "No template, script or module has this class: remove the rule")


def test_a_rule_for_one_wing_is_in_pages() -> None:
    wings = _wings_of_blocks()
    faults = []
    for rule in _rules():
        if rule.layer == "pages" or rule.sheet == "dkfds.css":
            continue
        for block in {_block(name) for name in rule.leading} - SHARED:
            only = wings.get(block, set())
            if len(only) == 1 and "" not in only:
                faults.append(f"{rule}: only {', '.join(only)} has .{block}")
    _say(faults, "Only one wing has this class: move the rule to its sheet in pages/")


def test_a_page_links_the_sheets_of_what_it_shows() -> None:
    faults = [
        f"{template}: {sheet}"
        for template, source in _templates().items()
        if "{% extends" in source
        for sheet in _sheets_of(template)
        if f'"css/{sheet}"' not in source
    ]
    _say(faults, "The page, or a part of it, has classes of a sheet that it does not link")


def test_every_rule_is_in_a_layer() -> None:
    faults = [str(rule) for rule in _rules() if rule.layer not in LAYERS]
    _say(faults, "Outside every layer the rule would outweigh all others: put it in one")
    faults = [
        str(rule)
        for rule in _rules()
        if (rule.layer == "pages") is not rule.sheet.startswith("pages/")
    ]
    _say(faults, "The layer pages and the folder pages/ hold the same")


def test_a_sheet_in_pages_is_named_by_its_wing() -> None:
    faults = [path.name for path in (CSS / "pages").glob("*.css") if path.stem not in WINGS]
    _say(faults, "Neither app has a wing of this name: put the rules into their wing's sheet")


def test_only_the_first_sheet_imports() -> None:
    faults = [
        path.name
        for path in CSS.rglob("*.css")
        if "@import" in path.read_text("utf-8") and path.name != "layers.css"
    ]
    _say(faults, "An import loads only when its sheet has come: link the sheet instead")


def test_no_rule_is_said_twice() -> None:
    said: dict[tuple[str, ...], list[Rule]] = defaultdict(list)
    for rule in _rules():
        values = {name: tinycss2.serialize(value) for name, value in rule.declarations.items()}
        for name, value in values.items():
            said[rule.layer, rule.media, rule.selector, name, value.strip()].append(rule)
    faults = [
        f"{' and '.join(map(str, rules))}: {key[-2]}" for key, rules in said.items() if rules[1:]
    ]
    _say(faults, "The same selector says the same twice: keep one")
