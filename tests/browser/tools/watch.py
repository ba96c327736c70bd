"""Watches a browser: whatever its pages complain about while a test runs (K2)."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

#: Answers that are pages of the application, shown on purpose to who typed something wrong.
REFUSALS = {409, 422}

_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => window.reportViolation(
  `${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    """Collects errors of scripts and console, failed requests and breaches of the CSP.

    `allowed` are the codes that a test expects of a page; refusals of forms are among them.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.allowed = set(REFUSALS)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.expose_binding("reportViolation", self._violation)
        context.add_init_script(_REPORT_VIOLATIONS)

    def settle(self) -> None:
        """Fails where something went wrong; otherwise ready for the next test."""
        faults, self.faults, self.allowed = self.faults, [], set(REFUSALS)
        assert not faults, "\n".join(faults)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium repeats every answer from 400 up here; `_response` knows more about them.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _failed(self, request: Request) -> None:
        # What the browser itself gives up when it leaves a page, or hands to a download.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        page_said_no = response.request.is_navigation_request() and response.status in self.allowed
        if response.status >= 400 and not page_said_no:
            self.faults.append(f"answer: {response.status} {response.url}")

    def _violation(self, _source: object, text: str) -> None:
        self.faults.append(f"CSP: {text}")
