"""What holds for every page: its source, how it fits the screen, and what axe says of it."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: What a source may hold none of (K2): the CSP would block it, and the page break in silence.
INLINE_ELEMENTS = {"style"}

_SIDEWAYS = """() => {
  const width = window.innerWidth, faults = [];
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") +
    [...e.classList].map((c) => "." + c).join("");
  const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  /* Where something ends for the eye: inside what scrolls or cuts off around it. */
  const seen = (e) => {
    let right = Infinity, inRegion = false;
    for (let p = e; p && p !== document.body; p = p.parentElement) {
      const look = getComputedStyle(p), box = p.getBoundingClientRect();
      if (look.overflowX !== "visible" && (box.width <= 1 || box.height <= 1)) return null;
      if (look.clipPath !== "none" || look.clip !== "auto") return null;
      if (p === e) continue;
      if (scrolls(p) && p.matches("[role=region][tabindex='0']")) inRegion = true;
      else if (look.overflowX !== "visible") right = Math.min(right, box.right);
    }
    return { right, inRegion };
  };
  for (const e of [document.documentElement, document.body]) {
    if (e.scrollWidth > width) faults.push(`${name(e)} is ${e.scrollWidth} wide`);
  }
  for (const e of document.body.querySelectorAll("*")) {
    if (e.closest("svg")) continue;
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const box = e.getBoundingClientRect(), place = seen(e);
    if (place && !place.inRegion && box.width && box.right > width + 1) {
      faults.push(`${name(e)} ends at ${Math.round(box.right)}`);
    }
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = new Range();
  for (let t = texts.nextNode(); t; t = texts.nextNode()) {
    const parent = t.parentElement;
    if (!t.data.trim() || parent.closest("svg")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const look = getComputedStyle(parent), place = seen(parent);
    if (!place || place.inRegion) continue;
    range.selectNodeContents(t);
    const box = range.getBoundingClientRect();
    const cut = look.overflowX === "visible" ? place.right : parent.getBoundingClientRect().right;
    if (box.right > Math.min(width, cut) + 1) {
      faults.push(`the text "${t.data.trim().slice(0, 30)}" in ${name(parent)} is cut off`);
    }
  }
  return [...new Set(faults)].slice(0, 10);
}"""


def sideways_faults(page: Page) -> list[str]:
    """What does not fit the window's width (E5).

    dkfds hides what overflows the body, so that nothing would scroll: every element and every
    text is measured. A region that scrolls on purpose can be reached by keyboard and has a role.
    """
    found: list[str] = page.evaluate(_SIDEWAYS)
    return found


#: Keeps each element's look with it; answers with those whose look changed since, the outermost.
_CHANGED = """() => {
  const before = window.looks ?? new Map(), changed = new Set();
  window.looks = new Map();
  for (const e of document.querySelectorAll("body, body *")) {
    const is = getComputedStyle(e), shown = e.checkVisibility({ visibilityProperty: true });
    const look = [
      shown, is.color, is.backgroundColor, is.backgroundImage, is.opacity, is.fontSize,
      is.fontWeight, is.textShadow, is.filter, is.mixBlendMode, is.position, is.zIndex,
    ].join("|");
    window.looks.set(e, look);
    const moves = !["static", "relative"].includes(is.position);
    if (shown && (moves || look !== before.get(e))) changed.add(e);
  }
  const within = (e) => e && (changed.has(e) || within(e.parentElement));
  return [...changed].filter((e) => !within(e.parentElement));
}"""
# Of the sheets only an experimental rule that is off would ask, and axe writes what they import
# into the page, which our policy blocks.
_OPTIONS = "resultTypes: ['violations'], preload: {assets: ['media']}"


def axe_faults(page: Page) -> list[str]:
    """What axe finds with its own set of rules, none switched off (E1)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(_CHANGED)
    return _said(page.evaluate(f"axe.run(document, {{{_OPTIONS}}})"))


def axe_faults_resized(page: Page) -> list[str]:
    """The same of a page that `axe_faults` saw at another width.

    Contrast takes axe longer than all other rules: here it is measured where a colour, a size or
    what is shown has changed, and of what does not move with the text around it.
    """
    rest = f"axe.run(document, {{{_OPTIONS}, rules: {{'color-contrast': {{enabled: false}}}}}})"
    contrast = f"axe.run({{include: changed}}, {{{_OPTIONS}, runOnly: ['color-contrast']}})"
    return _said(page.evaluate(rest)) + _said(
        page.evaluate(
            f"""async () => {{
              const changed = ({_CHANGED})();
              return changed.length ? await {contrast} : {{violations: []}};
            }}"""
        )
    )


def _said(result: dict[str, Any]) -> list[str]:
    return [f"axe: {line}" for violation in result["violations"] for line in _lines(violation)]


def _lines(violation: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']}: {node['target']}: {' '.join(node['failureSummary'].split())}"
        for node in violation["nodes"][:5]
    ]


class Source(HTMLParser):
    """Reads a page's source: `faults` are against the rules of the house."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.title = ""
        self._language = ""
        self._headings = 0
        self._in_title = False
        self.feed(html)
        self.close()
        self._conclude()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "html":
            self._language = values.get("lang") or ""
        self._headings += tag == "h1"
        self._in_title = tag == "title" and not self.title
        inline = [name for name in values if name == "style" or name.startswith("on")]
        self.faults += [f"<{tag} {name}>" for name in inline]
        if tag in INLINE_ELEMENTS or (tag == "script" and not values.get("src")):
            self.faults.append(f"an inline <{tag}>")
        if (values.get("href") or "").startswith("javascript:"):
            self.faults.append("a javascript: address")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title = (self.title + data).strip()

    def _conclude(self) -> None:
        if self._headings != 1:
            self.faults.append(f"{self._headings} h1")
        if self._language != "da":
            self.faults.append(f"lang={self._language!r}")
        if not self.title or self.title.startswith("–"):
            self.faults.append("no title")
