"""Renders one HTML document to PDF in a process of its own: a job on stdin, PDF on stdout.

    python pdf_child.py FONT_FOLDER

The job is JSON: `html`, the document; `attachments`, files for the PDF, each with `name`,
`description`, `relationship` and `text`, and dated like the document; `cpu_seconds` and
`memory_bytes`, the limits. It may arrive long after the process has started and warmed up; if stdin
closes without a job, the starter is gone, and the process ends.

`reports.documents.renderer` starts it as a plain script; it imports nothing of the project, and is
one module for that reason. The limits bind this process only, so that a document that makes the
layout explode stops here and not in the server. Only the fonts in FONT_FOLDER can be fetched, as
`app:/fonts/NAME.woff2`; any other address ends the rendering. The exit code is 0, or FAULTY or
OUT_OF_MEMORY with the reason on stderr; SIGXCPU kills a process that has used up its CPU seconds.
"""

import gc
import json
import logging
import os
import resource
import select
import sys
import traceback
import unicodedata
import warnings
from datetime import datetime
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from weasyprint import HTML, Document
    from weasyprint.urls import URLFetcher

FAULTY: Final = 3
OUT_OF_MEMORY: Final = 4

#: The weights that the print style sheet uses.
FONTS: Final = ("IBMPlexSans-Regular.woff2", "IBMPlexSans-SemiBold.woff2")
BASE_URL: Final = "app:/"
VARIANT: Final = "pdf/a-3a"
#: Drawn to warm up, and thrown away.
FIRST: Final = f"""<html lang="da"><title>x</title><style>
@font-face {{ font-family: x; src: url({BASE_URL}fonts/{FONTS[0]}) }}
body {{ font-family: x; hyphens: auto }}
</style><table><tr><td>x</table>"""

# The identifier of PDF/UA-1 beside that of PDF/A-3a, with the extension schema that PDF/A requires.
UA_IDENTIFIER: Final = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
    b' pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about=""'
    b' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description>"
)

# Characters that the font lacks, each with a plain one that it has.
RELATIVES: Final = {
    "\u2007": "\u00a0",
    "\u2009": "\u00a0",
    "\u200a": " ",
    "\u202f": "\u00a0",
    "\u2010": "-",
    "\u2011": "-",
    "\u2015": "–",
    "\u2028": "\n",
    "\u2029": "\n",
    **dict.fromkeys("●○■□▪▫◦‣∙◆◇➢➔➤\uf0a7\uf0d8\uf0b7\uf076\uf06f\uf0e0", "•"),
    **dict.fromkeys("✔☑✅\uf0fc", "✓"),
    **dict.fromkeys("✗✘❌", "×"),
    "☐": "–",
}
#: Printed for a character without a relative; the check before publishing has named it.
REPLACEMENT: Final = "?"
INVISIBLE: Final = {"Cc", "Cf", "Mn", "Me", "Cs"}


class FaultyDocumentError(Exception):
    """The document itself is wrong; the message says how."""


def main(arguments: list[str]) -> int:
    [font_folder] = arguments
    fonts = {name: (Path(font_folder) / name).read_bytes() for name in FONTS}
    # The process lives for one document: collecting garbage would cost more than it frees.
    gc.disable()
    # WeasyPrint warns about the font configuration, which is empty on purpose.
    warnings.simplefilter("ignore")
    end_streams_clearly()
    if not select.select([sys.stdin], [], [], 0)[0]:
        get_ready(fonts)
    job = sys.stdin.buffer.read()
    if not job:
        return 0
    try:
        pdf = do(json.loads(job), fonts)
    except MemoryError:
        return OUT_OF_MEMORY
    except FaultyDocumentError as fault:
        sys.stderr.write(str(fault))
        return FAULTY
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def get_ready(fonts: dict[str, bytes]) -> None:
    """Loads, before the job arrives, what WeasyPrint would load with its first document."""
    coverage(fonts)
    parse(FIRST, fonts, []).write_pdf(pdf_variant=VARIANT)


def do(job: dict[str, Any], fonts: dict[str, bytes]) -> bytes:
    limit(job["cpu_seconds"], job["memory_bytes"])
    return render_document(job["html"], fonts, job["attachments"])


def limit(cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def render_document(html: str, fonts: dict[str, bytes], attachments: list[dict[str, str]]) -> bytes:
    from weasyprint.urls import FatalURLFetchingError

    faults: list[str] = []
    collect_errors(faults)
    try:
        document = parse(printable(html, fonts), fonts, faults).render(pdf_variant=VARIANT)
        add_ua_identifier(document)
        attach(document, attachments)
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=finish)
    except FatalURLFetchingError as refusal:
        raise FaultyDocumentError(str(refusal)) from refusal
    if faults:
        raise FaultyDocumentError("; ".join(faults[:3]))
    return pdf


def parse(html: str, fonts: dict[str, bytes], faults: list[str]) -> "HTML":
    from weasyprint import HTML

    return HTML(string=html, base_url=BASE_URL, url_fetcher=asset_fetcher(fonts, faults))


def asset_fetcher(fonts: dict[str, bytes], faults: list[str]) -> "URLFetcher":
    """Serves the fonts. Any other address is noted as a fault: drawings swallow exceptions."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    assets = {f"{BASE_URL}fonts/{name}": body for name, body in fonts.items()}

    class AssetFetcher(URLFetcher):
        def __init__(self) -> None:
            super().__init__(  # type: ignore[no-untyped-call]
                timeout=1, allowed_protocols=(), allow_redirects=False
            )

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url not in assets:
                faults.append(f"refused to fetch {url[:80]}")
                raise FatalURLFetchingError(faults[-1])
            return URLFetcherResponse(url, assets[url], {"Content-Type": "font/woff2"})

    return AssetFetcher()


def collect_errors(faults: list[str]) -> None:
    """Collects as faults what WeasyPrint only logs: a missing alternative text, a broken link."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    logger.handlers = [Collector(logging.ERROR)]
    logger.propagate = False


def printable(html: str, fonts: dict[str, bytes]) -> str:
    """The same text without characters that the fonts cannot draw.

    Such a character would be drawn from any font of the machine, or as an empty box.
    """
    covered = coverage(fonts)
    text = unicodedata.normalize("NFC", html)
    return text.translate({ord(char): _drawn(char) for char in set(text) if char not in covered})


def coverage(fonts: dict[str, bytes]) -> set[str]:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    maps = [TTFont(BytesIO(body), lazy=True).getBestCmap() for body in fonts.values()]
    return set(map(chr, set.intersection(*map(set, maps)))) | {"\n", "\t"}


def _drawn(character: str) -> str:
    if character in RELATIVES:
        return RELATIVES[character]
    return "" if unicodedata.category(character) in INVISIBLE else REPLACEMENT


def add_ua_identifier(document: "Document") -> None:
    original = document.metadata.generate_rdf_metadata

    def with_ua(_self: Any, *arguments: Any) -> bytes:
        rdf: bytes = original(*arguments)
        return rdf.removesuffix(b"</rdf:RDF>") + UA_IDENTIFIER + b"</rdf:RDF>"

    document.metadata.generate_rdf_metadata = MethodType(with_ua, document.metadata)


def attach(document: "Document", attachments: list[dict[str, str]]) -> None:
    from weasyprint import Attachment

    day = datetime.fromisoformat(document.metadata.created or "2000-01-01")
    for item in attachments:
        file = Attachment(
            string=item["text"].encode(errors="replace"),
            name=item["name"],
            description=item["description"],
            relationship=item["relationship"],
            created=day,
            modified=day,
        )
        document.metadata.attachments.append(file)


def finish(document: "Document", pdf: Any) -> None:
    """Adds what WeasyPrint leaves out: the scope of header cells, running headers as artifacts,
    each attachment named once, and uncompressed metadata.

    `pdf` is the pydyf.PDF just before it is written.
    """
    objects = {item.number: item for item in pdf.objects}
    refer(objects, pdf.catalog["Metadata"]).compress = False
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    set_scope_of_header_cells(objects)
    correct_figure_boxes(objects, document.pages[0].height)
    make_margin_boxes_artifacts(pdf, objects)


def end_streams_clearly() -> None:
    """Ends a stream with CR LF if its last byte is a CR.

    pydyf ends every stream with LF. One compressed stream in 256 happens to end with CR: a strict
    reader takes CR LF for the end of the line, and finds the stream a byte too short.
    """
    import pydyf

    streams: Any = pydyf.Stream
    written = streams.data.fget

    def data(stream: Any) -> bytes:
        body: bytes = written(stream)
        if body.endswith(b"\r\nendstream"):
            return body.removesuffix(b"\nendstream") + b"\r\nendstream"
        return body

    streams.data = property(data)


def refer(objects: dict[int, Any], reference: Any) -> Any:
    text = reference if isinstance(reference, bytes) else str(reference).encode()
    return objects.get(int(text.split()[0]))


def is_element(item: Any) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/StructElem"


def set_scope_of_header_cells(objects: dict[int, Any]) -> None:
    for cell in objects.values():
        if is_element(cell) and cell["S"] == "/TH":
            row = refer(objects, cell["P"])
            in_head = refer(objects, row["P"]).get("S") == "/THead"
            cell["A"]["Scope"] = "/Column" if in_head else "/Row"


def correct_figure_boxes(objects: dict[int, Any], page_height: float) -> None:
    """Converts a figure's box from CSS pixels from the top to points from the bottom."""
    for figure in objects.values():
        if is_element(figure) and figure["S"] == "/Figure":
            left, top, right, bottom = figure["A"]["BBox"]
            figure["A"]["BBox"][:] = (
                round(left * 0.75, 2),
                round((page_height - bottom) * 0.75, 2),
                round(right * 0.75, 2),
                round((page_height - top) * 0.75, 2),
            )


def make_margin_boxes_artifacts(pdf: Any, objects: dict[int, Any]) -> None:
    root = refer(objects, pdf.catalog["StructTreeRoot"])
    reachable = _reachable(root, objects)
    numbers = refer(objects, root["ParentTree"])["Nums"]
    for index, kids in zip(numbers[::2], numbers[1::2], strict=True):
        if not isinstance(kids, list):
            continue
        orphans = {
            mcid for mcid, kid in enumerate(kids) if refer(objects, kid).number not in reachable
        }
        page = refer(objects, pdf.page_references[index])
        _mark_as_artifacts(refer(objects, page["Contents"]).stream, orphans)
        kids[:] = ["null" if mcid in orphans else kid for mcid, kid in enumerate(kids)]


def _reachable(root: Any, objects: dict[int, Any]) -> set[int]:
    reached: set[int] = set()
    waiting = [refer(objects, kid) for kid in root["K"]]
    while waiting:
        element = waiting.pop()
        if element is None or element.number in reached:
            continue
        reached.add(element.number)
        kids = [refer(objects, kid) for kid in element.get("K", []) if not isinstance(kid, int)]
        waiting.extend(kid for kid in kids if is_element(kid))
    return reached


def _mark_as_artifacts(stream: list[Any], orphans: set[int]) -> None:
    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in orphans:
            stream[place - 1 : place + 1] = [b"/Artifact", b"<</Type /Pagination>>"]


def leave(code: int) -> None:
    """Ends the process at once, without the interpreter's teardown.

    Pango reads its fonts in a thread of its own, which may outlast a short document, and crashes if
    the interpreter unloads the library under it.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except Exception:  # noqa: BLE001 - report any error, and end the process
        traceback.print_exc()
        code = 1
    leave(code)
