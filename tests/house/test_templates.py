"""What goes wrong in a template without a word, and without an error either."""

import re
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
TRANSLATED: Final = re.compile(r"{% blocktranslate\b[^%]*%}(.*?){% endblocktranslate", re.DOTALL)


def test_a_translated_sentence_names_only_what_it_is_given() -> None:
    """`{{ plan.catalogue }}` would be empty in there: a sentence takes plain names."""
    faults = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for sentence in TRANSLATED.findall(path.read_text(encoding="utf-8"))
        for name in re.findall(r"{{\s*(.*?)\s*}}", sentence)
        if not name.isidentifier()
    ]
    assert faults == []


def test_the_header_of_a_page_is_written_once() -> None:
    """A page fills the blocks of a layout."""
    assert [path.name for path in _with('class="page-header"')] == ["page.html"]


def test_no_template_turns_the_danish_numbers_off() -> None:
    """It would change no whole number; a decimal one is shown by its `meaning`."""
    assert _with("localize off") == []


def _with(words: str) -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if words in path.read_text("utf-8")]
