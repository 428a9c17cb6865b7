"""Everything that the OpenAPI document allows, and much that it forbids, asked of the real service."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from rollguard.service.openapi import describe
from rollguard.trust.development import bootstrap_development

from .server_process import serving, small_bundle

_DOCUMENT = describe("0")
_DOCUMENT_PATHS = sorted(_DOCUMENT["paths"])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("openapi") / "data"
    bootstrap_development(folder, small_bundle(), datetime.now(UTC))
    with serving(folder, writes_per_minute=6000) as server:
        yield server.url
        assert server.process.poll() is None, "it must have survived all that"
        assert "Traceback" not in server.log.read_text()


schema = schemathesis.openapi.from_dict(_DOCUMENT)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_the_document_describes(case: schemathesis.Case[Any], service: str) -> None:
    # A body of the right form is refused all the same, unless maintainers have signed it; and what is no path of ours
    # (a slash in a name, say) is answered before the document's own refusals.
    case.call_and_validate(base_url=service, excluded_checks=[positive_data_acceptance, unsupported_method])


@pytest.mark.parametrize("path", _DOCUMENT_PATHS)
def test_a_method_that_is_not_described_is_not_answered(service: str, path: str) -> None:
    described = {method.upper() for method in _DOCUMENT["paths"][path]}
    concrete = path.replace("{version}", "1").replace("{role}", "root").replace("{path}", "rules.jsonl")
    concrete = concrete.replace("{name}", "rollguard.user.js")
    for name in ("sha256", "old", "new"):
        concrete = concrete.replace(f"{{{name}}}", "0" * 64)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - described:
        connection = HTTPConnection(urlsplit(service).netloc, timeout=20)
        connection.request(method, concrete)
        answer = connection.getresponse()
        assert (answer.status, bool(answer.headers["Allow"])) == (405, True), method
        connection.close()


def test_the_document_says_what_the_models_say(service: str) -> None:
    connection = HTTPConnection(urlsplit(service).netloc, timeout=20)
    connection.request("GET", "/openapi.json")
    document = json.loads(connection.getresponse().read())
    connection.close()
    push = document["components"]["schemas"]["Push"]
    assert push["additionalProperties"] is False
    assert set(push["required"]) == {"targets", "snapshot", "recall", "files"}
    assert set(document["components"]["schemas"]) >= {"Entry", "Health", "History", "Problem", "PushAnswer"}
