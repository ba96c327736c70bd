"""The walls of the house. A failure says in plain words what is wrong and what to do about it.

`tests.house.not_yet` lists what does not hold yet, and may only get shorter.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from tests.house import not_yet
from tests.site import PAGES, ROUTES, RULES, SITUATIONS
from tests.support.cast import Cast
from tests.support.routes import route_names
from tests.support.rows import Route

ROOT: Final = Path(__file__).parents[2]
APPS: Final = ("actions", "reports", "handlingskatalog")
NOT_YET: Final = "tests/house/not_yet.py"
MODULES, LINES, FUNCTION = 12, 300, 40
#: Names that Django looks for, in any module of a kind.
DJANGOS: Final = {"Command", "app_name", "register", "urlpatterns"}
#: Whose menu shows the item, where several people may open a page.
TELLING: Final = ("council", "committee", "coordinator", "administrator", "head")
CURRENT: Final = re.compile(r'aria-current="page"><span>([^<]+)</span>')


def modules(*roots: str) -> Iterator[tuple[str, ast.Module]]:
    """(path from the root, syntax tree) of every module but the migrations."""
    for path in sorted(path for root in roots for path in (ROOT / root).rglob("*.py")):
        if path.parent.name != "migrations":
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def names_in(module: ast.Module) -> Iterator[str]:
    """The public names that a module defines, without those it only imports."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.TypeAlias):
            targets = node.targets if isinstance(node, ast.Assign) else [_named(node)]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _named(node: ast.AnnAssign | ast.TypeAlias) -> ast.expr:
    return node.target if isinstance(node, ast.AnnAssign) else node.name


def hold(faults: dict[str, str], exceptions: Iterable[str]) -> None:
    """Raises AssertionError if a fault is no known exception, or a known exception is no fault."""
    known = set(exceptions)
    told = [f"{name} {words}" for name, words in faults.items() if name not in known]
    told += [f"{name} is fine now: take it out of {NOT_YET}" for name in known - {*faults}]
    assert not told, "\n".join(sorted(told))


def test_a_folder_is_seen_at_a_glance() -> None:
    names = (Path(name) for name, _module in modules(*APPS, "tests"))
    sizes = Counter(str(name.parent) for name in names if name.name != "__init__.py")
    told = f"modules side by side; the most is {MODULES}: sort them into folders by their subject"
    hold({name: f"has {n} {told}" for name, n in sizes.items() if n > MODULES}, not_yet.CROWDED)


def test_a_module_is_read_in_one_sitting() -> None:
    lines = {name: len((ROOT / name).read_text().splitlines()) for name, _ in modules(*APPS)}
    told = f"lines; the most is {LINES}: split it by the questions that it answers"
    hold({name: f"has {n} {told}" for name, n in lines.items() if n > LINES}, not_yet.LONG)


def test_a_function_fits_a_screen() -> None:
    faults = {}
    for name, module in modules(*APPS, "tests"):
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION:
                    told = f"is {length} lines long; the most is {FUNCTION}: name a step of it"
                    faults[f"{name}:{node.name}"] = told
    hold(faults, not_yet.LONG_FUNCTIONS)


@pytest.mark.parametrize("app", APPS)
def test_a_public_name_is_defined_once_in_an_app(app: str) -> None:
    """A verb and its view may share one."""
    places: dict[tuple[str, bool], list[str]] = {}
    for path, module in modules(app):
        for name in set(names_in(module)) - DJANGOS:
            if not name.startswith("_"):
                is_view = "views" in Path(path).with_suffix("").parts
                places.setdefault((name, is_view), []).append(path)
    faults = {
        f"{app}: {name}": f"is defined in {', '.join(paths)}: give each a name of its own"
        for (name, _is_view), paths in places.items()
        if len(paths) > 1
    }
    hold(faults, [name for name in not_yet.TWICE if name.startswith(f"{app}:")])


def test_every_route_stands_in_the_registry() -> None:
    """In `tests/<wing>/site.py`, with rules in the wing's `access.py`."""
    names = {route.name for route in ROUTES}
    faults = dict.fromkeys(route_names() - names, "is a route that no wing's site.py names")
    faults |= dict.fromkeys(names - route_names(), "is no route: take its row out of the registry")
    ruled, shown = {rule.route for rule in RULES}, {situation.route for situation in SITUATIONS}
    faults |= dict.fromkeys(names - ruled, "has no rule that says who gets what")
    faults |= {
        page.name: "is a page without a situation, so that no browser sees it"
        for page in PAGES
        if page.name not in shown
    }
    faults |= {
        page.name: "is a page without a count of its queries" for page in PAGES if not page.counts
    }
    rows = Counter(route.name for route in ROUTES)
    faults |= {name: f"has {count} rows" for name, count in rows.items() if count > 1}
    hold(faults, [])


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_the_menu_shows_where_each_page_belongs(cast: Cast, route: Route) -> None:
    shown = [situation for situation in SITUATIONS if situation.route == route.name]
    situation = min(shown, key=lambda candidate: candidate.typed is not None)
    who = next((name for name in TELLING if name in situation.people), min(situation.people))
    client = Client()
    if user := cast.people.get(who):
        client.force_login(user)
    situation.given(cast)
    address = reverse(route.name, kwargs=situation.kwargs(cast))
    answer = client.get(address) if situation.typed is None else client.post(address)
    current = set(CURRENT.findall(answer.content.decode()))
    assert current == {route.section} - {""}, f"the section of {route.name} in the menu"
