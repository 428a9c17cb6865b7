import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from .conftest import NOW, AppMaker, Signer, post, push


def health(make_app: AppMaker, days: float = 0) -> tuple[int, dict[str, object]]:
    answer = make_app(now=lambda: NOW + timedelta(days=days)).test_client().get("/healthz")
    return answer.status_code, json.loads(answer.data)


@pytest.mark.parametrize(
    ("days", "code", "status"),
    [(0, 200, "ok"), (0.6, 200, "yellow"), (1.9, 200, "red"), (2.1, 503, "expired"), (40, 503, "expired")],
)
def test_a_service_is_usable_until_something_expires(make_app: AppMaker, days: float, code: int, status: str) -> None:
    found, said = health(make_app, days)
    assert (found, said["status"]) == (code, status)


@pytest.mark.parametrize(
    ("days", "levels"),
    [
        (19, {"root": "ok", "targets": "ok", "snapshot": "ok"}),
        (21, {"root": "ok", "targets": "ok", "snapshot": "yellow"}),
        (24, {"root": "ok", "targets": "ok", "snapshot": "red"}),
        (61, {"root": "ok", "targets": "yellow", "snapshot": "expired"}),
        (84, {"root": "ok", "targets": "red", "snapshot": "expired"}),
        (340, {"root": "yellow", "targets": "expired", "snapshot": "expired"}),
    ],
)
def test_offline_roles_are_announced_before_they_expire(make_app: AppMaker, days: int, levels: dict[str, str]) -> None:
    roles = health(make_app, days)[1]["roles"]
    assert isinstance(roles, dict)
    assert {role: roles[role]["status"] for role in levels} == levels
    assert roles["targets"]["days_left"] == 90 - days


def test_what_does_not_verify_is_said(make_app: AppMaker, data: Path) -> None:
    (data / "repository/metadata/1.targets.json").write_bytes(b"{}")
    code, said = health(make_app)
    assert (code, said["status"], said["place"]) == (503, "broken", "targets.json")


def test_an_answer_names_no_folder_of_the_server(make_app: AppMaker, data: Path) -> None:
    for path in (data / "repository/metadata").iterdir():
        path.unlink()
    code, said = health(make_app)
    assert code == 503
    assert str(data) not in json.dumps(said)


def test_counts_reads_and_pushes_and_nothing_about_anybody(client: FlaskClient, sign: Signer) -> None:
    for path in ("/metadata/timestamp.json", "/metadata/timestamp.json", "/metadata/9.root.json"):
        client.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"}, headers={"User-Agent": "Somebody"})
    push(client, sign("first", "second"))
    post(client, b"nonsense")
    text = client.get("/metrics").text
    assert 'rollguard_reads_total{kind="metadata",status="200"} 2.0' in text
    assert 'rollguard_reads_total{kind="metadata",status="404"} 1.0' in text
    assert 'rollguard_pushes_total{result="published"} 1.0' in text
    assert 'rollguard_pushes_total{result="refused"} 1.0' in text
    assert "rollguard_rules_version 2.0" in text
    assert "192.0.2.7" not in text
    assert "Somebody" not in text


def test_counts_are_told_even_where_the_rules_do_not_verify(client: FlaskClient, data: Path) -> None:
    (data / "repository/metadata/timestamp.json").write_bytes(b"{}")
    assert client.get("/metrics").status_code == 200


def test_every_route_is_described(make_app: AppMaker) -> None:
    app = make_app()
    described = json.loads(app.test_client().get("/openapi.json").data)["paths"]
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/static/") and rule.rule != "/install"
    }
    published = {
        "/metadata/timestamp.json",
        "/metadata/{version}.{role}.json",
        "/targets/{sha256}.{path}",
        "/deltas/{old}.{new}.json",
    }
    assert set(described) == routes | published
