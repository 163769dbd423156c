"""A web server on the loopback interface for tests of fetching: a path each behaviour, in a thread."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

PAGE: Final = (
    "<!DOCTYPE html><html lang=de><head><title>Die Fähre fährt wieder</title></head><body><article><h1>Die Fähre fährt wieder</h1>"
    "<p>Die Fähre zur Insel Quell fährt seit Montag wieder, nach neunzehn Wochen im Trockendock von Port Odda.</p>"
    "<p>„Niemand auf der Insel wird über den Lärm klagen“, sagte Kapitänin Brita Holm, die sie seit 1998 steuert.</p>"
    "<p>Die nächste Fahrt ist am Donnerstag, und die Gemeinde rechnet damit, dass das Boot schon mittags voll ist.</p>"
    "</article></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    """Answers by path."""

    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 10

    def do_GET(self) -> None:
        """Answer the path, noting the connection it came over."""
        self.server.seen.append((self.path, self.client_address[1], dict(self.headers)))
        name = urlsplit(self.path).path.strip("/")
        answer = getattr(self, "answer_" + name.partition("/")[0].replace("-", "_"), None)
        if answer is None:
            self.send(404, b"<h1>Not found</h1>")
        else:
            answer()

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for key, value in {
            "Content-Type": "text/html; charset=utf-8",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self) -> None:
        self.send(200, PAGE.encode())

    def answer_latin(self) -> None:
        self.send(200, PAGE.encode("cp1252"), Content_Type="text/html; charset=ISO-8859-1")

    def answer_no_type(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"<p>x")

    def answer_gzip(self) -> None:
        self.send(200, gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def answer_gzip_members(self) -> None:
        whole = PAGE.encode()
        self.send(200, gzip.compress(whole[:300]) + gzip.compress(whole[300:]), Content_Encoding="gzip")

    def answer_deflate(self) -> None:
        self.send(200, zlib.compress(PAGE.encode()), Content_Encoding="deflate")

    def answer_raw_deflate(self) -> None:
        maker = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self.send(200, maker.compress(PAGE.encode()) + maker.flush(), Content_Encoding="deflate")

    def answer_broken_gzip(self) -> None:
        self.send(200, PAGE.encode(), Content_Encoding="gzip")

    def answer_brotli(self) -> None:
        self.send(200, b"\x1b\x03\x00", Content_Encoding="br")

    def answer_bomb(self) -> None:
        self.send(200, gzip.compress(bytes(64 * 1024 * 1024)), Content_Encoding="gzip")

    def answer_double_bomb(self) -> None:
        self.send(200, gzip.compress(gzip.compress(bytes(64 * 1024 * 1024))), Content_Encoding="gzip, gzip")

    def answer_large(self) -> None:
        self.send(200, b"<p>" + b"x" * 1_000_000)

    def answer_moved(self) -> None:
        self.send(301, b"", Location="/page?from=moved")

    def answer_found(self) -> None:
        self.send(302, b"", Location=f"http://127.0.0.1:{self.server.server_port}/moved")

    def answer_loop(self) -> None:
        self.send(302, b"", Location="/loop")

    def answer_to_file(self) -> None:
        self.send(302, b"", Location="file:///etc/hostname")

    def answer_to_nonsense(self) -> None:
        self.send(302, b"", Location="http://[nonsense/")

    def answer_gone(self) -> None:
        self.send(410, b"<h1>Gone</h1>")

    def answer_broken(self) -> None:
        self.send(500, b"<h1>Sorry</h1>")

    def answer_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            while not self.server.stopping.is_set():
                self.wfile.write(b"x")
                time.sleep(0.02)
        except OSError:
            pass
        self.close_connection = True

    def answer_gzip_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        try:
            self.wfile.write(gzip.compress(b"")[:10])
            while not self.server.stopping.is_set():
                self.wfile.write(b"\x00\x00\x00\xff\xff")  # an empty stored block: nothing comes out
                time.sleep(0.02)
        except OSError:
            pass
        self.close_connection = True

    def answer_silence(self) -> None:
        self.server.stopping.wait(10)
        self.close_connection = True

    def answer_hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b"<p>half")
        self.close_connection = True

    def answer_no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Remembers what was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, int, dict[str, str]]] = []
        self.stopping = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients go away in the middle on purpose."""

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


@contextmanager
def running_server() -> Iterator[Server]:
    """A server while the block runs."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.stopping.set()
        server.shutdown()
        thread.join()
