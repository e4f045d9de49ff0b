"""What stands behind the addresses: the endpoint, the pages, and the forms by which texts come in.

Takes requests of Starlette; gives responses. Nothing here looks into the graph: pools of processes do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from diplograph.app import description, negotiation, protocol, refusals
from diplograph.app.kept import LARGEST, Kept, Page
from diplograph.app.negotiation import KINDS, TRIPLES, chosen, wants_page
from diplograph.app.protocol import Asked, Malformed
from diplograph.errors import DiplographError, QueryError
from diplograph.store.guard import guarded, guarded_update

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from diplograph.app.limits import Limits
    from diplograph.app.pools import Pools
    from diplograph.app.seats import Reply

_T = TypeVar("_T")
_SHOWN: Final = 1000
"""Rows that a page of SPARQL asks for; programs get more."""
_HEADINGS: Final = {
    403: "This is not allowed",
    404: "Nothing stands here",
    500: "A fault of diplograph",
    503: "This was too much for now",
}
"""What a page for people says over an error."""


class Doors:
    """The addresses that are about the graph as it is.

    Args:
        pools: The processes.
        limits: What answers may cost.
    """

    def __init__(self, pools: Pools, limits: Limits) -> None:
        self._pools = pools
        self._limits = limits
        self._kept = Kept()

    async def endpoint(self, request: Request) -> Response:
        """SPARQL 1.1 over HTTP, and for browsers the page that goes with it."""
        accept = _accepted(request)
        try:
            asked = protocol.asked(
                request.method,
                request.headers.get("content-type", ""),
                request.scope["query_string"],
                await request.body(),
            )
            if asked.update:
                return await self._update(request, asked)
            if wants_page(accept) and request.method != "POST":
                return await self._sparql_page(request, asked)
            if not asked.text and request.method != "POST":
                return self._description(request, accept)
            return await self._query(request, asked, accept)
        except DiplographError as error:
            return refusal(error)

    async def page(self, request: Request) -> Response:
        """Any page, or the twin of one; as it was made before, if the graph is the same."""
        from starlette.responses import Response

        key = request.url.path, bytes(request.scope["query_string"])
        view = self._pools.view.current()
        if found := self._kept.get(view, key):
            return Response(found.body, media_type=found.media, headers=dict(found.headers))
        head = {"task": "page", "address": request.url.path, "given": dict(request.query_params)}
        return await self.task(request, self._pools.desk, head, keep=partial(self._kept.put, view, key))

    async def task(
        self,
        request: Request,
        pool: Any,
        head: Mapping[str, Any],
        body: bytes = b"",
        keep: Callable[[Page], None] | None = None,
    ) -> Response:
        """The answer of a desk to a task; ``keep`` is told one that went well and is not too large."""
        from starlette.responses import Response

        try:
            reply = await while_there(request, pool.ask(head, body))
        except DiplographError as error:
            return problem(request, str(error), refusals.status(error))
        status = reply.head["status"]
        if status != 200:
            return problem(request, (await reply.whole()).decode(errors="replace"), status)
        policy, media = reply.head.get("policy"), reply.head["media"]
        headers = {"content-security-policy": policy} if policy else {}
        if keep is None or reply.head["size"] > LARGEST:
            return streamed(reply, media, headers)
        made = Page(body=await reply.whole(), media=media, headers=headers)
        keep(made)
        return Response(made.body, media_type=media, headers=headers)

    async def _query(self, request: Request, asked: Asked, accept: str) -> Response:
        query = guarded(asked.text)
        forms = {kind: chosen(accept, tuple(kinds)) for kind, kinds in KINDS.items()}
        written = {kind: KINDS[kind][form] if form else None for kind, form in forms.items()}
        head = protocol.head(asked, written, self._limits.largest_answer, self._limits.rows)
        try:
            reply = await self._ask(request, head, query)
        except refusals.NotAcceptable as error:
            raise Malformed(_none_fits(accept, str(error)), 406) from error
        return streamed(reply, _told(forms[reply.head["kind"]]))

    async def _ask(self, request: Request, head: Mapping[str, Any], query: str) -> Reply:
        told = {**head, "place": self._pools.view.current()}
        try:
            return await while_there(request, self._pools.engine.ask(told, query.encode()))
        except refusals.Fallen:
            # A view that was taken while a writer was at work may not open: one more is tried.
            self._pools.view.renew()
            told["place"] = self._pools.view.current()
            return await while_there(request, self._pools.engine.ask(told, query.encode()))

    async def _sparql_page(self, request: Request, asked: Asked) -> Response:
        if not asked.text:
            return await self.page(request)
        answer, wrong = b"", ""
        try:
            rows = dict.fromkeys(KINDS, negotiation.JSON)
            head = protocol.head(asked, rows, self._limits.largest_answer, _SHOWN)
            reply = await self._ask(request, head, guarded(asked.text))
            answer = await reply.whole()
        except DiplographError as error:
            wrong = str(error)
        task = {"task": "results", "query": asked.text, "problem": wrong}
        return await self.task(request, self._pools.desk, task, answer)

    def _description(self, request: Request, accept: str) -> Response:
        from starlette.responses import Response

        media = chosen(accept, tuple(TRIPLES))
        if media is None:
            raise Malformed(_none_fits(accept, "triples"), 406)
        address = str(request.url.replace(query=""))
        body = description.description(address, media, updates=bool(self._limits.token))
        return Response(body, media_type=media)

    async def _update(self, request: Request, asked: Asked) -> Response:
        from starlette.responses import Response

        self._check_token(request)
        text = protocol.with_using(guarded_update(asked.text), asked)
        reply = await self._pools.changes.ask({"task": "update"}, text.encode())
        told = (await reply.whole()).decode(errors="replace")
        self._pools.view.expire()
        if reply.head["status"] != 200:
            # What is "not found" here is the right to write: another process has it.
            raise Malformed(told, {404: 503}.get(reply.head["status"], reply.head["status"]))
        return Response(status_code=204)

    def _check_token(self, request: Request) -> None:
        import hmac

        if not self._limits.token:
            raise Malformed("this endpoint only reads; start it with diplograph serve --updates", 403)
        kind, _, told = request.headers.get("authorization", "").partition(" ")
        wanted = self._limits.token.encode()
        if kind.lower() != "bearer" or not hmac.compare_digest(told.strip().encode(), wanted):
            raise Malformed("an update bears the token: Authorization: Bearer <token>", 401)


def _accepted(request: Request) -> str:
    """The forms that a request accepts; a link in a page, which cannot say so, names one in its address."""
    accept: str = request.headers.get("accept", "")
    named = negotiation.SHORT.get(request.query_params.get("format", ""))
    return named if named and wants_page(accept) else accept


def _told(media: str | None) -> str:
    """A media type with its charset, where it has one to tell."""
    assert media is not None
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _none_fits(accept: str, kind: str) -> str:
    return f"{accept!r} is none of what there is: {', '.join(KINDS.get(kind, TRIPLES))}"


async def while_there(request: Request, work: Awaitable[_T]) -> _T:
    """Work on an answer as long as somebody waits for it.

    Raises:
        QueryError: If whoever asked has left; nobody will read it.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise QueryError("whoever asked has left")
        return working.result()
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def streamed(reply: Reply, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that goes out as it comes in."""
    from starlette.responses import StreamingResponse

    told = {"content-length": str(reply.head["size"]), **(headers or {})}

    async def pieces() -> AsyncIterator[bytes]:
        async for piece in reply.pieces:
            yield piece

    return StreamingResponse(pieces(), media_type=media, headers=told)


def refusal(error: DiplographError) -> Response:
    """An error in words, with its status."""
    from starlette.responses import PlainTextResponse

    status = refusals.status(error)
    headers = {"retry-after": "5"} if isinstance(error, refusals.Busy) else {}
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return PlainTextResponse(f"{error}\n", status, headers)


def problem(request: Request, words: str, status: int) -> Response:
    """What is wrong: as a page for browsers, as JSON (RFC 9457) for programs."""
    from starlette.responses import HTMLResponse, JSONResponse

    if wants_page(request.headers.get("accept", "")) and not request.url.path.endswith((".json", ".ttl")):
        from diplograph.app.forms import page, policy

        heading = f"{_HEADINGS.get(status, 'This cannot be answered')} ({status})"
        sentence = f"{words[:1].upper()}{words[1:]}"
        text = page("taken.html", heading, heading=heading, sentence=sentence, failures=[], sources=[])
        return HTMLResponse(text, status, {"content-security-policy": policy(text)})
    told = {"type": "about:blank", "status": status, "detail": words}
    return JSONResponse(told, status, media_type="application/problem+json")
