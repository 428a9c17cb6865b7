"""Any https host on this machine: a TLS server that answers for every name that the browser is told to find here."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOTHING = b"<!doctype html><title>nothing</title>"


class Site:
    """Pages by address; every other address is an empty page."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, tuple[bytes, dict[str, str]]] = {}
        self.asked: list[str] = []
        self._news = threading.Condition()

    def show(self, url: str, html: str, **headers: str) -> str:
        """Answer this address with this page; returns the address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[_key(url)] = (html.encode(), named)
        return url

    def answer(self, host: str, path: str) -> tuple[bytes, dict[str, str]]:
        with self._news:
            self.asked.append(host + path)
            self._news.notify_all()
        return self.pages.get(host + path.split("?", maxsplit=1)[0], (NOTHING, {}))

    def waits_for(self, start: str, timeout: float) -> str:
        """What was asked that begins so, as soon as it was; nothing when the time is over."""
        with self._news:
            self._news.wait_for(lambda: any(asked.startswith(start) for asked in self.asked), timeout)
            return next((asked for asked in self.asked if asked.startswith(start)), "")


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    certificate = _certificate(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body, headers = site.answer((self.headers["Host"] or "").partition(":")[0], self.path)
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            """A browser may hang up, or knock without TLS: no news."""

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path or '/'}"


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "every host")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    path = folder / "every_host.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
