"""What the options page says and does: settings, language, sites, mutes, files, sync, an administrator's word."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rollguard.build.bundler import bundle
from tests.axe import violations
from tests.ui.options_stage import OptionsStage, entry, mute
from tests.ui.warnings import tables

FULL: dict[str, Any] = {
    "mutes": [mute(1), mute(2, scope="rule", rule="photo_consent"), mute(3, scope="week", until="2999-01-01T00:00:00.000Z")],
    "ledger": [entry(1), entry(2, choice="accepted", host="frame.example"), entry(3, severity="notice")],
    "managed": ["speedBump", "mutesForbidden", "mutedSites"],
    "mutedSites": ["intern.example"],
    "notes": ["Syncing failed."],
}


@pytest.fixture(scope="session")
def options_harness(tmp_path_factory: pytest.TempPathFactory) -> str:
    return bundle("tests/ui/options_harness.ts", tmp_path_factory.mktemp("ui"))
