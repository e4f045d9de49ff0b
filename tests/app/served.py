"""A server that runs beside a test, and ways to ask it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn

from diplograph.app import OPTIONS
from diplograph.app.limits import Limits
from diplograph.app.server import application
from diplograph.settings import Settings

TOKEN = "a token of the tests"
LIMITS = Limits(timeout=2, rows=1000, memory=512, rate=0, token=TOKEN, warm=4)


@dataclass(frozen=True)
class Reply:
    """What the server said; names of headers are in small letters."""

    status: int
    body: bytes
    headers: dict

    @property
    def text(self):
        return self.body.decode()


class Client:
    """Sends requests as they are told, however odd."""

    def __init__(self, port):
        self.port = port
        self.address = f"http://127.0.0.1:{port}"

    def send(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True, skip_host="host" in dict(headers))
            for name, value in dict(headers).items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            reply = connection.getresponse()
            return Reply(reply.status, reply.read(), {n.lower(): v for n, v in reply.getheaders()})
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def post(self, path, body, **headers):
        return self.send("POST", path, body.encode() if isinstance(body, str) else body, headers)

    def query(self, sparql, **headers):
        return self.post("/sparql", sparql, content_type="application/sparql-query", **headers)

    def rows(self, sparql):
        import json

        return json.loads(self.query(sparql).text)["results"]["bindings"]


def query(text, **more):
    return "/sparql?" + urlencode({"query": text, **more})


@contextmanager
def serving(folder, limits):
    """A server on a port of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        made = application(Settings(store=folder), limits)
        config = uvicorn.Config(made, **{**OPTIONS, "log_level": "critical"})
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        while not running.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield Client(listening.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join()
