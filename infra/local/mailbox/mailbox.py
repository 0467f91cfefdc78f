"""What does the mailbox answer to a browser and to a test?"""

from collections.abc import Callable
from dataclasses import asdict

from infra.local.inbox_pages import PAGE_POLICY
from infra.local.mailbox import pages
from infra.local.mailbox.letters import CloudSilentError, Letter, letters_at
from infra.local.serving import Reply, Request, Routes, html_reply, json_reply
from infra.local.standing_in import StandIn

LETTER_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: http://127.0.0.1:* http://localhost:*; frame-ancestors 'self'"
)


class Mailbox(StandIn):
    """The mail of one embedded cloud on `url`, while the `with` block lasts; it keeps nothing itself."""

    def __init__(self, cloud_url: str, *, host: str = "127.0.0.1", port: int = 0, account: str | None = None) -> None:
        self._cloud_url = cloud_url.rstrip("/")
        self._account = account
        super().__init__(host=host, port=port)

    def _routes(self) -> Routes:
        routes = Routes()
        routes.add("GET", "/", self._or_page(self._list))
        routes.add("GET", "/messages.json", self._or_json(self._list_json))
        routes.add("GET", "/messages/{id}", self._or_page(self._message))
        routes.add("GET", "/messages/{id}/html", self._or_page(self._html_part))
        return routes

    def _or_page(self, view: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            try:
                return view(request)
            except CloudSilentError as error:
                page = pages.trouble("The embedded cloud does not answer", f"{self._cloud_url}: {error}")
                return html_reply(502, page, policy=PAGE_POLICY)
            except LookupError:
                page = pages.trouble("No such message", "The cloud may have been started afresh since.")
                return html_reply(404, page, policy=PAGE_POLICY)

        return answer

    def _or_json(self, view: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            try:
                return view(request)
            except CloudSilentError as error:
                return json_reply(502, {"message": f"the embedded cloud does not answer: {error}"})

        return answer

    def _list(self, request: Request) -> Reply:
        reader = request.query.get("to", "").strip()
        return html_reply(200, pages.overview(self._chosen(reader), reader=reader), policy=PAGE_POLICY)

    def _list_json(self, request: Request) -> Reply:
        chosen = self._chosen(request.query.get("to", "").strip())
        wanted = request.query.get("subject", "").casefold()
        items = [_document(letter) for letter in chosen if wanted in letter.subject.casefold()]
        return json_reply(200, {"items": items})

    def _message(self, request: Request) -> Reply:
        return html_reply(200, pages.message(self._letter(request)), policy=PAGE_POLICY)

    def _html_part(self, request: Request) -> Reply:
        letter = self._letter(request)
        if not letter.html:
            raise LookupError(letter.id)
        return html_reply(200, pages.html_part(letter.html), policy=LETTER_POLICY)

    def _letter(self, request: Request) -> Letter:
        for letter in self._chosen(""):
            if letter.id == request.params["id"]:
                return letter
        raise LookupError(request.params["id"])

    def _chosen(self, reader: str) -> list[Letter]:
        letters = letters_at(self._cloud_url, account=self._account)
        return [letter for letter in letters if not reader or letter.is_for(reader)]


def _document(letter: Letter) -> dict[str, object]:
    return asdict(letter) | {"sent_at": letter.sent_at.isoformat(), "links": letter.links}
