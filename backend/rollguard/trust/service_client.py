"""The road to a rule service, for maintainers: one request, a size limit, a time limit, no redirects."""

from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from rollguard.errors import PublishError

_TIMEOUT_SECONDS = 20
_PUSH_TIMEOUT_SECONDS = 300
"""A push is answered only after the service has run the rules over every page it knows."""


class ServiceClient:
    """Asks the service at `url`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise PublishError(url, "it is no address of a service", "Write it like https://rules.example.org")
        self._url = url
        self._scheme = parts.scheme
        self._netloc = parts.netloc.rpartition("@")[2]
        self._prefix = parts.path.rstrip("/")

    def get(self, path: str, max_bytes: int) -> bytes | None:
        """The file's bytes; None where there is no such file."""
        status, body = self._ask("GET", path, None, max_bytes)
        if status == 404:
            return None
        if status != 200:
            raise PublishError(f"{self._url}/{path}", f"the service answered {status}", "Try again later.")
        return body

    def post(self, path: str, body: bytes, max_bytes: int) -> tuple[int, bytes]:
        """Status and body of the answer."""
        return self._ask("POST", path, body, max_bytes)

    def _ask(self, method: str, path: str, body: bytes | None, max_bytes: int) -> tuple[int, bytes]:
        connection_class = HTTPSConnection if self._scheme == "https" else HTTPConnection
        timeout = _TIMEOUT_SECONDS if body is None else _PUSH_TIMEOUT_SECONDS
        connection = connection_class(self._netloc, timeout=timeout)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        try:
            connection.request(method, f"{self._prefix}/{path}", body, headers)
            response = connection.getresponse()
            return response.status, self._read(response, path, max_bytes)
        except (OSError, HTTPException) as error:
            raise PublishError(
                self._url, f"the service cannot be reached: {error}", "Is it running, and is the address right?"
            ) from error
        finally:
            connection.close()

    def _read(self, response: HTTPResponse, path: str, max_bytes: int) -> bytes:
        body = response.read(max_bytes + 1)
        if len(body) > max_bytes:
            raise PublishError(
                f"{self._url}/{path}", f"the answer is longer than {max_bytes} bytes", "Ask its operator."
            )
        return body
