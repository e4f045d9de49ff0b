"""The doors by which texts come in: a form, a preview of what would be read, and the step that takes it in.

Takes requests of Starlette; gives responses. A form bears a token of the browser that it was shown in; a
program sends JSON, which no page of others can send here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from diplograph.app import forms, intake, refusals
from diplograph.app.doors import Doors, problem
from diplograph.app.intake import Upload, Waiting
from diplograph.app.protocol import Malformed
from diplograph.errors import DiplographError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from diplograph.app.limits import Limits
    from diplograph.app.pools import Pools

_FIELDS: Final = {"text": str, "published": str, "name": str}


class Incoming:
    """The addresses by which texts come in.

    Args:
        pools: The processes.
        limits: How large a text may be, and whether any may be taken in.
        doors: The other doors, whose desks read.
    """

    def __init__(self, pools: Pools, limits: Limits, doors: Doors) -> None:
        self._pools = pools
        self._limits = limits
        self._doors = doors
        self._waiting = Waiting()
        self._tokens = forms.Tokens()

    async def form(self, request: Request) -> Response:
        """The form, empty."""
        return self._form(request)

    async def read(self, request: Request) -> Response:
        """A preview of what would be read in a text or file."""
        try:
            fields, upload = await self._uploaded(request)
            self._check_form(request, fields)
        except DiplographError as error:
            return self._form(request, str(error), refusals.status(error))
        ticket = self._waiting.keep(upload)
        token = self._tokens.token(request.cookies[forms.COOKIE])
        task = {**_task("read", upload), "json": False, "token": token, "ticket": ticket}
        return _with_policy(await self._doors.task(request, self._pools.desk, task, upload.raw))

    async def take(self, request: Request) -> Response:
        """Take a text that was shown into the graph."""
        from starlette.responses import HTMLResponse

        try:
            self._check_allowed()
            fields, _, _ = await _received(request, self._limits.largest_upload)
            self._check_form(request, fields)
            told = await self._taken(self._waiting.take(fields.get("ticket", "")))
        except DiplographError as error:
            return problem(request, str(error), refusals.status(error))
        text = forms.page("taken.html", "Taken in", **_account(told))
        return HTMLResponse(text, headers={"content-security-policy": forms.policy(text)})

    async def read_json(self, request: Request) -> Response:
        """A preview for programs: the interchange format."""
        try:
            upload = await _from_json(request)
        except DiplographError as error:
            return problem(request, str(error), refusals.status(error))
        task = {**_task("read", upload), "json": True}
        return await self._doors.task(request, self._pools.desk, task, upload.raw)

    async def take_json(self, request: Request) -> Response:
        """Take a text into the graph, for programs."""
        from starlette.responses import JSONResponse

        try:
            self._check_allowed()
            return JSONResponse(await self._taken(await _from_json(request)))
        except DiplographError as error:
            return problem(request, str(error), refusals.status(error))

    def _form(self, request: Request, wrong: str = "", status: int = 200) -> Response:
        from starlette.responses import HTMLResponse

        cookie = self._tokens.cookie(request.cookies.get(forms.COOKIE, ""))
        text = forms.page(
            "read.html",
            "Read an article",
            problem=wrong,
            token=self._tokens.token(cookie),
            largest=self._limits.largest_upload // 1_000_000,
            endings=intake.ENDINGS,
            text="",
            published="",
        )
        made = HTMLResponse(text, status, {"content-security-policy": forms.policy(text)})
        made.set_cookie(forms.COOKIE, cookie, httponly=True, samesite="strict")
        return made

    async def _uploaded(self, request: Request) -> tuple[dict[str, str], Upload]:
        fields, name, raw = await _received(request, self._limits.largest_upload)
        published = fields.get("published", "")
        if name:
            return fields, self._admitted(name, raw, published)
        return fields, self._admitted("", fields.get("text", "").encode("utf-8", "replace"), published)

    def _admitted(self, name: str, raw: bytes, published: str) -> Upload:
        if len(raw) > self._limits.largest_upload:
            raise Malformed(f"a text has at most {self._limits.largest_upload} bytes", 413)
        return intake.admitted(name, raw, published)

    def _check_form(self, request: Request, fields: Mapping[str, str]) -> None:
        cookie = request.cookies.get(forms.COOKIE, "")
        if not self._tokens.fits(cookie, fields.get("token", "")):
            raise Malformed("this form is not from here, or old; open it again and send it once more", 403)

    def _check_allowed(self) -> None:
        if not self._limits.reads:
            raise Malformed("this server takes nothing in; use diplograph ingest, or serve --intake", 403)

    async def _taken(self, upload: Upload) -> dict[str, Any]:
        reply = await self._pools.changes.ask(_task("take", upload), upload.raw)
        self._pools.view.expire()
        told = await reply.whole()
        if reply.head["status"] != 200:
            # The store is being written to by another process, most likely.
            status = 503 if reply.head["status"] == 404 else reply.head["status"]
            raise Malformed(told.decode(errors="replace"), status)
        account: dict[str, Any] = json.loads(told)
        return account


async def _received(request: Request, largest: int) -> tuple[dict[str, str], str, bytes]:
    """The fields of a form, and the name and bytes of its file if it has one."""
    from starlette.exceptions import HTTPException

    name, raw = "", b""
    try:
        async with request.form(max_files=1, max_fields=10, max_part_size=largest) as told:
            fields = {key: value for key, value in told.items() if isinstance(value, str)}
            file = told.get("file")
            if file is not None and not isinstance(file, str) and file.filename:
                name, raw = file.filename, await file.read()
    except HTTPException as error:
        raise Malformed(str(error.detail)) from error
    return fields, name, raw


def _task(task: str, upload: Upload) -> dict[str, Any]:
    day = upload.published.isoformat() if upload.published else ""
    return {"task": task, "name": upload.name, "published": day}


async def _from_json(request: Request) -> Upload:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Malformed("send JSON, as application/json", 415)
    try:
        told = json.loads(await request.body())
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"this is no JSON: {fault}") from fault
    if not isinstance(told, dict) or not isinstance(told.get("text"), str):
        raise Malformed('send {"text": "…", "published": "2026-01-09", "name": "article.txt"}')
    if any(not isinstance(told.get(name, ""), kind) for name, kind in _FIELDS.items()):
        raise Malformed("text, published and name are text")
    raw = told["text"].encode("utf-8", "replace")
    return intake.admitted(told.get("name", ""), raw, told.get("published", ""))


def _account(told: dict[str, Any]) -> dict[str, Any]:
    if told["ingested"]:
        sentence = f"The graph now holds this text and {told['events']} events."
    elif told["unchanged"] or told["older"]:
        sentence = "The graph held this text already; nothing changed."
    else:
        sentence = "Nothing was taken in."
    sources = [*told["ingested"], *told["unchanged"]]
    return {"heading": "Taken in", "sentence": sentence, "failures": told["failures"], "sources": sources}


def _with_policy(response: Response) -> Response:
    """The policy that the preview itself tells stands in its text; the header forbids frames besides."""
    response.headers["content-security-policy"] = (
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
    return response
