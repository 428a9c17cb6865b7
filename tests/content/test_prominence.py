"""A "no" that is drawn so faintly that it is passed over, and one that is only second."""

import pytest

from tests.content.conftest import Reader

YES = "<button id=yes style='background:#06c;color:#fff;font-size:16px;padding:8px 40px;border:0'>Allow</button>"


@pytest.mark.parametrize(
    ("no", "is_fainter"),
    [
        (
            "<button id=no style='background:#eee;color:#000;font-size:16px;padding:8px 40px;border:0'>No</button>",
            False,
        ),
        ("<button id=no style='background:#fff;color:#06c;font-size:16px;border:1px solid'>Not now</button>", False),
        ("<a id=no href=x>Not now</a>", True),
        ("<button id=no style='background:none;border:0;color:#333;font-size:11px'>Not now</button>", True),
        ("<button id=no style='background:#fff;border:0;color:#bbb;font-size:16px'>Not now, please</button>", True),
        ("<button id=no style='background:#eee;border:0;font-size:16px;padding:8px 40px;opacity:.4'>No</button>", True),
        ("<span id=no role=button style='font-size:16px'>No</span>", True),
    ],
)
def test_a_decline_that_is_hard_to_see_is_told(*, no: str, is_fainter: bool, ask: Reader) -> None:
    page = f"<div id=it style='background:#fff'>{YES}{no}</div>"
    assert ask(page, "isFainter", "#no", "#yes") is is_fainter
