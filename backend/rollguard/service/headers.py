"""What every answer tells the browser: run nothing that is not ours, let nobody frame it, tell nobody where one was."""

from flask import Flask, Response, request

_PAGE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_DATA = "default-src 'none'; frame-ancestors 'none'"
EXPOSED = "Retry-After"
"""What a worker of another origin may read of an answer beside its body: when to come back."""
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Access-Control-Expose-Headers": EXPOSED,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
HSTS = "max-age=63072000; includeSubDomains"


def register_headers(app: Flask) -> None:
    """Headers on every answer, refusals and failures too."""

    @app.after_request
    def guard(response: Response) -> Response:
        is_page = response.mimetype in {"text/html", "image/svg+xml"}
        response.headers.setdefault("Content-Security-Policy", _PAGE if is_page else _DATA)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = HSTS
        return response
