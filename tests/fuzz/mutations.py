"""Real files, spoilt: a few bytes here, a value there."""

from hypothesis import strategies as st

INSERTS = st.sampled_from(
    [
        *(
            b"\x00",
            b"\xff",
            b"\xed\xa0\x80",
            b"\xef\xbb\xbf",
            b"\r",
            b"\n",
            b'"',
            b"'''",
            b"[",
            b"]",
            b"{",
            b"}",
            b"=",
            b",",
        ),
        *(
            b"[[",
            b"\n[",
            b"\nx = 1\n",
            b"\nslots = 1\n",
            b"true",
            b"nan",
            b"-inf",
            b"1979-05-27",
            b"9" * 5000,
            b"\\ud800",
        ),
        *(
            b"null",
            b"[[[" * 500,
            b"__proto__",
            b'"constructor"',
            b"\xe2\x80\xa6",
            b"*",
            b"TODO",
            b":hover",
            b"::",
            b"*://",
        ),
    ]
)
DEEP = [b"x = " + b"[" * 100_000, b"x = " + b"{a=" * 100_000, b"a." * 1_000 + b"b = 1", b"[" * 100_000]
"""Nested further than any parser goes."""


@st.composite
def mutated(draw: st.DrawFn, sources: list[bytes]) -> bytes:
    """One of the sources after a few cuts, copies and insertions."""
    data = draw(st.sampled_from(sources))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(INSERTS | st.binary(max_size=4) | st.just(b"") | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data
