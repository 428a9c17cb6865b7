"""What all rooms of the tests share: pytest-playwright drives the browser that can also load the extension."""

import os
from typing import Any

import pytest

from rollguard.browsers import find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # as root, Chromium's sandbox refuses to start
    arguments = ["--no-sandbox"] if is_root else []
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": arguments}
