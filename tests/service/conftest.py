"""A service over a real folder, with keys that a test may sign with."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rollguard.errors import RuleError
from rollguard.rules.compiler import Compiled, compile_bundle
from rollguard.rules.model import Bundle, Controls, Lexicon, Requirement, Rule
from rollguard.rules.shapes import Source
from rollguard.service.app import create_app
from rollguard.trust.development import bootstrap_development, development_keys
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.release import Release
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_release

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AppMaker = Callable[..., Flask]
Signer = Callable[..., Release]


def bundle_with(*ids: str) -> Compiled:
    rules = tuple(
        Rule(
            id=rule_id,
            summary="Asks for <b>everything</b>.",
            product=f"Product {rule_id}",
            severity="warning",
            match_patterns=("*://*.example.com/*", "*://example.org/*"),
            requires=(Requirement(any_of=("cloud",)),),
            controls=Controls(accept=("allow",), decline=("refuse",)),
            sources=(Source(id="press", title="The press", url="https://press.example/1", date="2025-06-27"),),
        )
        for rule_id in ids
    )
    lexicon = Lexicon(language="en", slots={"cloud": ("cloud",), "allow": ("allow",), "refuse": ("refuse",)})
    return compile_bundle(Bundle(rules=rules, lexicons=(lexicon,), texts=()))


def agrees(_bundle: Compiled) -> list[RuleError]:
    return []


def post(client: FlaskClient, body: bytes) -> TestResponse:
    return client.post("/push", data=body, content_type="application/json")


def push(client: FlaskClient, release: Release) -> tuple[int, dict[str, Any]]:
    answer = post(client, release.to_json())
    return answer.status_code, json.loads(answer.data)


def public_files(data: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (data / "repository").rglob("*") if path.is_file()}


@pytest.fixture
def keys() -> MaintainerKeys:
    return development_keys(NOW)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A service's data folder with one public release."""
    folder = tmp_path / "data"
    bootstrap_development(folder, bundle_with("first"), NOW)
    return folder


@pytest.fixture
def make_app(data: Path) -> AppMaker:
    def make(**options: object) -> Flask:
        settings: dict[str, object] = {
            "now": lambda: NOW,
            "check_bundle": agrees,
            "writes_per_minute": 1000,
            **options,
        }
        return create_app(data, **settings)  # type: ignore[arg-type]

    return make


@pytest.fixture
def client(make_app: AppMaker) -> FlaskClient:
    return make_app().test_client()


@pytest.fixture
def sign(data: Path, keys: MaintainerKeys) -> Signer:
    """The release that follows the public one."""

    def sign_next(*ids: str, by: MaintainerKeys = keys, now: datetime = NOW) -> Release:
        return sign_release(read_repository(data / "repository"), by, bundle_with(*ids), now)

    return sign_next
