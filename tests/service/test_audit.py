import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from rollguard.service.audit import AuditLog
from rollguard.service.publishing import Shelf, keep_fresh, publish
from rollguard.trust.history import Entry, first_break
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.recalled import Recalled
from rollguard.trust.repository import read_repository
from rollguard.trust.signing import sign_recall

from .conftest import NOW, Signer, agrees, push

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def log(data: Path, client: FlaskClient, sign: Signer, keys: MaintainerKeys) -> list[Entry]:
    """Founded, two pushes, a recall, and the first rules brought back."""
    keep_fresh(Shelf.in_folder(data, 60), NOW)
    for ids in (("first", "second"), ("third",)):
        assert push(client, sign(*ids))[0] == 200
    release = sign_recall(read_repository(data / "repository"), keys, Recalled(("third",)), NOW)
    assert push(client, release)[0] == 200
    assert push(client, sign("first", "second"))[0] == 200
    return AuditLog(data).entries()


def test_each_publication_is_logged_once_with_its_kind_versions_and_keys(
    log: list[Entry], keys: MaintainerKeys
) -> None:
    assert [entry.kind for entry in log] == ["founded", "rules", "rules", "recall", "rollback"]
    assert [entry.sequence for entry in log] == [1, 2, 3, 4, 5]
    assert log[-1].versions == {"root": 1, "targets": 4, "recall": 2, "snapshot": 5}
    assert set(log[-1].signed_by) == {"root", "targets", "recall", "snapshot"}
    assert {key for keys_of in log[-1].signed_by.values() for key in keys_of} == {keys.signer.public_key.keyid}
    assert log[0].time == "2026-06-01T12:00:00Z"


def test_a_timestamp_alone_is_nothing_to_log(data: Path, log: list[Entry]) -> None:
    assert keep_fresh(Shelf.in_folder(data, 60), NOW + timedelta(hours=2))
    assert AuditLog(data).entries() == log


def test_each_entry_seals_the_one_before(log: list[Entry]) -> None:
    assert first_break(log) is None
    altered = log[1].model_copy(update={"time": "2020-01-01T00:00:00Z"})
    assert first_break([log[0], altered, *log[2:]]) == 2
    resealed = altered.model_copy(update={"hash": altered.seal()})
    assert first_break([log[0], resealed, *log[2:]]) == 3
    assert first_break([log[0], *log[2:]]) == 2
    assert first_break(log[1:]) == 1


@pytest.mark.parametrize("statement", ["UPDATE entries SET entry = '{}'", "DELETE FROM entries"])
def test_what_is_logged_cannot_be_altered_or_removed_by_accident(data: Path, log: list[Entry], statement: str) -> None:
    database = sqlite3.connect(data / "audit.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        database.execute(statement)
    database.close()
    assert AuditLog(data).entries() == log


def test_an_old_copy_of_a_public_file_is_no_publication(data: Path, log: list[Entry], sign: Signer) -> None:
    release = sign("fourth")
    publish(Shelf.in_folder(data, 60), release, agrees, NOW)
    assert AuditLog(data).newest(1)[0].previous == log[-1].hash


def test_programs_read_it_page_by_page(client: FlaskClient, log: list[Entry]) -> None:
    first = json.loads(client.get("/history.json?limit=2").data)
    second = json.loads(client.get("/history.json?after=2").data)
    assert first["head"] == second["head"] == log[-1].hash
    assert [Entry.model_validate(entry) for entry in first["entries"] + second["entries"]] == log


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=501", "since=3"])
def test_a_query_that_means_nothing_is_refused(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/history.json?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert query.partition("=")[0] in json.loads(answer.data)["reason"]


def test_people_read_it_newest_first(client: FlaskClient, log: list[Entry]) -> None:
    page = BeautifulSoup(client.get("/history").text, "html5lib")
    assert [heading.text for heading in page.select(".history h2")] == [
        "Earlier rules were brought back",
        "What is switched off has changed",
        "Rules were published",
        "Rules were published",
        "The repository was founded",
    ]
    assert log[-1].hash[:16] in page.text


def test_a_feed_reader_is_told_of_each(client: FlaskClient, log: list[Entry]) -> None:
    answer = client.get("/history.atom", base_url="https://rules.example.org")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}updated") == log[-1].time
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert ids == [f"urn:sha256:{entry.hash}" for entry in reversed(log)]
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert links[2] == "https://rules.example.org/history#entry-5"


def test_before_anything_was_published_it_is_empty_and_still_a_page(client: FlaskClient) -> None:
    assert "Nothing is published here yet" in client.get("/history").text
    assert json.loads(client.get("/history.json").data) == {"format": 1, "head": None, "entries": []}
    assert ET.fromstring(client.get("/history.atom").data).find(f"{ATOM}entry") is None  # noqa: S314 - our own
