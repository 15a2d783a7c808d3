"""A server on loopback that answers what workflows ask, and keeps which events did."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Long enough for some processes to be killed while they wait.
DELAY = 0.05


class Handler(BaseHTTPRequestHandler):
    """Answers a request with an empty object."""

    def do_POST(self) -> None:
        """Keep the event that a request names, and answer after a while."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(json.loads(body)["event"])
        time.sleep(DELAY)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Keeps in `asked` the id of the event of each request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []

    @property
    def host(self) -> str:
        """Give the host and port, as `--allow-host` takes them."""
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever asked may have been killed."""


@contextmanager
def serving() -> Iterator[Server]:
    """Serve within the block."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
