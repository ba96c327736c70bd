"""The process that waits for the next document."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.documents import pdf
from reports.documents import renderer as documents_renderer
from tests.content import sample

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def waiting() -> Iterator[documents_renderer.Renderer]:
    pdf.make_ready()
    [renderer] = documents_renderer.WAITING
    yield renderer
    renderer.end()
    documents_renderer.WAITING.clear()


def render() -> bytes:
    return pdf.render_pdf(sample.small_report(), edition=None)


def test_the_one_that_waits_makes_the_same_bytes_as_a_new_one(
    waiting: documents_renderer.Renderer,
) -> None:
    pdf.make_ready()
    assert [waiting] == documents_renderer.WAITING, "one waits, and no second is started"
    first = render()
    assert waiting.process.returncode == 0, "the document went to the one that waited"
    assert not documents_renderer.WAITING
    assert not Path(waiting.folder.name).exists()
    assert render() == first


def test_one_that_died_while_it_waited_is_replaced(waiting: documents_renderer.Renderer) -> None:
    waiting.process.kill()
    waiting.process.wait()
    assert render().endswith(b"%%EOF\n")


STARTED_AND_KILLED = """
import django, os, signal, sys
django.setup()
from reports.documents import pdf, renderer
pdf.make_ready()
print(renderer.WAITING[0].process.pid, flush=True)
sys.stdin.read(1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_ends_when_the_one_that_started_it_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTED_AND_KILLED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout is not None
        renderer = os.pidfd_open(int(parent.stdout.readline()))
        assert not has_ended(renderer, patience=0)
        parent.communicate(b"x")
        assert has_ended(renderer, patience=60)
    os.close(renderer)


def has_ended(process: int, patience: float) -> bool:
    return bool(select.select([process], [], [], patience)[0])
