"""One page per remedy, for the phone that scanned the check-up's code: the steps, where the person can follow them."""

from functools import cache

from flask import Blueprint, abort, render_template

from rollguard.rules.loader import load_remedies, load_texts, rule_folders
from rollguard.rules.remedies import ENGLISH
from rollguard.rules.remedy import Remedy
from rollguard.service.settings import Settings


def guide_routes(_settings: Settings) -> Blueprint:
    routes = Blueprint("guides", __name__)

    @routes.get("/guide/<language>/<name>")
    def page(language: str, name: str) -> str:
        """In English where that language has none."""
        known = _remedies()
        remedy = known.get((name, language)) or known.get((name, ENGLISH))
        if remedy is None:
            abort(404)
        steps, steps_language = remedy.steps, remedy.language
        if not steps:
            texts = _turn_off()
            steps_language = language if (name, language) in texts else ENGLISH
            steps = texts.get((name, steps_language), ())
        return render_template("guide.html", remedy=remedy, steps=steps, steps_language=steps_language)

    return routes


@cache
def _remedies() -> dict[tuple[str, str], Remedy]:
    return {(remedy.id, remedy.language): remedy for remedy in load_remedies()}


@cache
def _turn_off() -> dict[tuple[str, str], tuple[str, ...]]:
    texts = [text for folder in rule_folders() for text in load_texts(folder)]
    return {(text.rule, text.language): text.turn_off for text in texts}
