"""The guide that a phone opens: the same steps as in the check-up, in the person's language."""

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from rollguard.rules.loader import load_bundle, load_remedies
from rollguard.rules.remedy import Remedy

TURN_OFF = {(text.rule, text.language): text.turn_off for text in load_bundle().texts}


@pytest.mark.parametrize("remedy", load_remedies(), ids=lambda remedy: f"{remedy.id}-{remedy.language}")
def test_every_remedy_has_a_guide_with_its_steps(client: FlaskClient, remedy: Remedy) -> None:
    language = remedy.language
    answer = client.get(f"/guide/{language}/{remedy.id}")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html5lib")
    expected = remedy.steps or TURN_OFF[remedy.id, language]
    assert [step.text for step in page.select("ol > li")] == list(expected)
    assert [part["lang"] for part in page.select("h1, main ol")] == [language, language]
    assert page.select("main ul a[href^='https://']")


def test_a_language_without_a_guide_is_answered_in_english(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/guide/xx/facebook_cloud_processing").text, "html5lib")
    assert [part["lang"] for part in page.select("h1, main ol")] == ["en", "en"]


@pytest.mark.parametrize("path", ["/guide/en/nothing", "/guide/en/..%2fkeys", "/guide/en/", "/guide/"])
def test_what_is_no_remedy_has_no_guide(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
