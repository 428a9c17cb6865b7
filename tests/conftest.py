"""What all rooms of the tests share: pytest-playwright drives the browser that can also load the extension."""

from typing import Any

import pytest

from rollguard.browsers import find_chromium, sandbox_arguments


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": sandbox_arguments()}
