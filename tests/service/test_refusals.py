"""How the service says no: RFC 9457 to programs, a page to people, and never a word too much."""

import json
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from rollguard.errors import RuleError
from rollguard.rules.compiler import Compiled
from rollguard.service.limits import WRITES_AT_ONCE, WriteLimits
from rollguard.service.problems import BusyError, TooManyError
from rollguard.trust.release import MAX_PUSH_BYTES

from .conftest import AppMaker, Signer, post, push

if TYPE_CHECKING:
    from werkzeug.test import TestResponse


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/install/secret.txt", 404, "not-found"),
        ("GET", "/push", 405, "method-not-allowed"),
        ("DELETE", "/history.json", 405, "method-not-allowed"),
        ("GET", "/history.json?limit=0", 400, "refused"),
        ("POST", "/push", 415, "media-type"),
    ],
)
def test_a_program_is_told_place_reason_and_next_step(
    client: FlaskClient, method: str, path: str, status: int, name: str
) -> None:
    answer = client.open(path, method=method)
    said = json.loads(answer.data)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert (said["status"], said["type"]) == (status, f"urn:rollguard:problem:{name}")
    assert all(said[key] for key in ("title", "detail", "place", "reason", "next_step"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert status != 405 or answer.headers["Allow"]


def test_a_person_gets_a_page(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is nothing at this address" in answer.text


def test_a_failure_says_nothing_about_the_inside(make_app: AppMaker, sign: Signer) -> None:
    def fail(_bundle: Compiled) -> list[object]:
        raise RuntimeError("/secret/place")

    app = make_app(check_bundle=fail)
    answer = post(app.test_client(), sign("second").to_json())
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "secret" not in answer.text


def test_a_long_reason_is_cut(client: FlaskClient, sign: Signer) -> None:
    body = json.loads(sign("second").to_json())
    body["files"] = {"x" * 99: "y"}
    body["snapshot"] = "[" * 1_000_000
    assert len(post(client, json.dumps(body).encode()).data) < 10_000


def test_who_tries_too_often_is_told_when_to_come_back(make_app: AppMaker, sign: Signer) -> None:
    client = make_app(writes_per_minute=3).test_client()
    codes = [post(client, b"nonsense").status_code for _ in range(4)]
    assert codes == [400, 400, 400, 429]
    refused = post(client, b"nonsense")
    assert refused.headers["Retry-After"] == "60"
    assert json.loads(refused.data)["type"] == "urn:rollguard:problem:too-many"
    other = client.post(
        "/push",
        data=sign("second").to_json(),
        content_type="application/json",
        environ_base={"REMOTE_ADDR": "192.0.2.9"},
    )
    assert other.status_code == 200, "one sender's tries must not lock out another"


def test_behind_a_proxy_the_sender_is_who_the_proxy_says_and_nobody_else_can_say_so(make_app: AppMaker) -> None:
    for proxies, expected in ((1, [400, 400]), (0, [400, 429])):
        client = make_app(writes_per_minute=1, proxies=proxies).test_client()
        codes = [
            client.post(
                "/push", data=b"x", content_type="application/json", headers={"X-Forwarded-For": f"192.0.2.{number}"}
            ).status_code
            for number in range(2)
        ]
        assert codes == expected


def test_an_allowance_comes_back_with_time_and_addresses_are_forgotten() -> None:
    now = 0.0
    limits = WriteLimits(lambda: now, per_minute=2)
    limits.count("a")
    limits.count("a")
    with pytest.raises(TooManyError):
        limits.count("a")
    now = 31.0
    limits.count("a")
    with pytest.raises(TooManyError):
        limits.count("a")
    now = 200.0
    limits.count("b")
    assert len(vars(limits)["_allowances"]) == 1
    assert b"a" not in vars(limits)["_allowances"]


def test_senders_without_end_cost_no_memory_without_end() -> None:
    limits = WriteLimits(lambda: 0.0, per_minute=2)
    for number in range(10_000):
        limits.count(str(number))
    assert len(vars(limits)["_allowances"]) <= 4096


def test_only_so_many_write_at_once() -> None:
    limits = WriteLimits(lambda: 0.0)
    places = [limits.place() for _ in range(WRITES_AT_ONCE)]
    for place in places:
        place.__enter__()
    with pytest.raises(BusyError), limits.place():
        pass
    for place in places:
        place.__exit__(None, None, None)
    with limits.place():
        pass


@pytest.mark.parametrize("path", ["/", "/healthz", "/metadata/timestamp.json", "/metadata/9.root.json", "/nowhere"])
def test_a_worker_of_another_origin_may_read_when_to_come_back(client: FlaskClient, path: str) -> None:
    for method in ("GET", "DELETE"):
        headers = client.open(path, method=method).headers
        assert headers["Access-Control-Expose-Headers"] == "Retry-After"


def test_so_it_may_of_a_push_that_is_refused(make_app: AppMaker, sign: Signer) -> None:
    body = sign("second").to_json()
    busy: list[TestResponse] = []

    def check_while_others_push(_bundle: Compiled) -> list[RuleError]:
        busy.append(post(crowded, body))
        return []

    crowded = make_app(check_bundle=check_while_others_push).test_client()
    post(crowded, body)
    limited = make_app(writes_per_minute=1).test_client()
    answers = [busy[0], *(post(limited, sent) for sent in (b"x" * (MAX_PUSH_BYTES + 1), b"nonsense", b"nonsense"))]
    assert [answer.status_code for answer in answers] == [503, 413, 400, 429]
    assert {answer.headers["Access-Control-Expose-Headers"] for answer in answers} == {"Retry-After"}


@pytest.mark.parametrize("path", ["/", "/healthz", "/history.atom", "/openapi.json", "/nowhere", "/static/demo.js"])
def test_every_answer_tells_the_browser_to_be_careful(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Strict-Transport-Security" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/metadata/timestamp.json", "/metadata/9.root.json"])
def test_behind_tls_a_browser_stays_with_it(make_app: AppMaker, path: str) -> None:
    client = make_app(proxies=1).test_client()
    assert client.get(path, headers={"X-Forwarded-Proto": "https"}).headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get(path).headers
    stranger = make_app().test_client().get(path, headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in stranger.headers


def test_a_push_that_is_refused_names_nobody_in_the_log(
    client: FlaskClient, sign: Signer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for body in (b"nonsense", sign("second").to_json()):
        client.post(
            "/push",
            data=body,
            content_type="application/json",
            environ_base={"REMOTE_ADDR": "192.0.2.77"},
            headers={"User-Agent": "Somebody/1.0", "Cookie": "id=4711"},
        )
    events = [record.msg["event"] for record in caplog.records if isinstance(record.msg, dict)]
    assert events == ["push refused", "published"]
    for personal in ("192.0.2.77", "Somebody", "4711"):
        assert personal not in caplog.text
    assert push(client, sign("third"))[0] == 200
