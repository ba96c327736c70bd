"""Somebody who has a keyboard and no mouse: the focus is where they are (E2)."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

#: So many stops at most between two things on a page.
STOPS = 60

#: What has the focus must be seen: not outside the window, and not below the bar of buttons.
_HIDDEN_FOCUS = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame(), await frame();  // the skip link moves away when it loses the focus
  const e = document.activeElement, shown = e.labels?.[0] && e.type === "radio" ? e.labels[0] : e;
  const box = shown.getBoundingClientRect(), x = box.left + box.width / 2;
  const y = Math.min(Math.max(box.top, 0) + 4, box.bottom - 1);
  const top = document.elementFromPoint(x, y);
  if (top && (shown.contains(top) || top.contains(shown))) return "";
  return `${e.outerHTML.slice(0, 120)} is hidden by ${top?.outerHTML.slice(0, 80)}`;
}"""


@dataclass
class Keyboard:
    page: Page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, target: Locator) -> None:
        """Presses Tab until the target has the focus; every stop on the way can be seen."""
        for _stop in range(STOPS):
            self.press("Tab")
            assert self.page.evaluate(_HIDDEN_FOCUS) == ""
            if target.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"{STOPS} stops, and the focus never reached {target}")

    def follow(self, name: str | re.Pattern[str]) -> None:
        """To the first such link, and where it leads."""
        main = self.page.get_by_role("main")
        self.tab_to(main.get_by_role("link", name=name, exact=True).first)
        self.press("Enter")

    def push(self, name: str | re.Pattern[str]) -> None:
        main = self.page.get_by_role("main")
        self.tab_to(main.get_by_role("button", name=name, exact=True))
        self.press("Enter")

    def field(self, label: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("main").get_by_label(label, exact=True)

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """Goes on to the field and replaces what is in it: Tab selects it."""
        self.tab_to(self.field(label))
        self.press("ControlOrMeta+a")
        self.type(text)

    def tick(self, name: str | re.Pattern[str]) -> None:
        box = self.page.get_by_role("checkbox", name=name, exact=True)
        was = box.is_checked()
        self.tab_to(box)
        self.press("Space")
        expect(box).to_be_checked(checked=not was)

    def skip_to_the_content(self) -> None:
        """A page begins at its top: the first stop is the link past the menu."""
        self.press("Tab")
        skip = self.page.get_by_role("link", name="Gå til sidens indhold")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        self.press("Enter")
        expect(self.page.get_by_role("main")).to_be_focused()

    def is_at(self, heading: str | re.Pattern[str]) -> None:
        """A new page with that heading: told of it, and past the menu with two keys."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.skip_to_the_content()

    def goes_on_at(self, target: Locator) -> None:
        """The address names a place on the new page: the next stop is there, not at the top."""
        self.page.wait_for_load_state()
        self.press("Tab")
        expect(target).to_be_focused()

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words).first).to_be_visible()

    def is_refused(self, *words: str) -> Locator:
        """The page says what is wrong, and the focus is on that."""
        summary = self.page.get_by_role("alert").first
        expect(summary).to_be_focused()
        for each in words:
            expect(summary).to_contain_text(each)
        return summary

    def follow_the_error(self, field: Locator) -> None:
        """The first link of the summary leads into the field that it names."""
        summary = self.page.get_by_role("alert").first
        self.press("Tab")
        expect(summary.get_by_role("link").first).to_be_focused()
        self.press("Enter")
        expect(field).to_be_focused()
