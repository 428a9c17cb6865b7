"""Sources that pass every check: one rule with its pages, words and texts. Tests spoil them one thing at a time."""

import json
from pathlib import Path

from rollguard.rules.texts import SPOKEN

RULE = """
summary = "Asks for the camera roll."
product = "Acme"
severity = "warning"
match_patterns = ["*://*.acme.com/*"]
within_words = 60
forbids = ["cookies"]
forbids_selector = "input[type=file]"

[scope]
dialog_selector = "[role=dialog]"
page_paths = ["/consent*"]
page_selector = "main"

[[requires]]
any_of = ["camera_roll"]

[[requires]]
any_of = ["cloud"]

[controls]
accept = ["allow"]
decline = ["refuse"]
accept_selector = "button[data-yes]"
decline_selector = "button[data-no]"

[[sources]]
id = "acme_help"
title = "Acme: help page"
url = "https://acme.com/help"
date = "2026-01-31"

[rollout]
percent = 10
salt = "2026-11-22a"
"""
TEXT = """
title = "{site} asks for your pictures"
decline = "Choose no."
turn_off = ["Open the settings.", "Switch it off."]

[[consequences]]
text = "It uploads them."
source = "acme_help"

[[consequences]]
text = "It keeps them."
source = "acme_help"
"""
SLOTS = """
[slots]
camera_roll = "the pictures on the device"
cloud = "somebody else's computers"
cookies = "cookies"
allow = "yes"
refuse = "no"
"""
ENGLISH = """
[slots]
camera_roll = ["camera roll"]
cloud = ["cloud"]
cookies = ["cookie*"]
allow = ["allow"]
refuse = ["don't allow"]
"""
PAGE = """<!doctype html><html lang="en"><head><title>x</title>
<meta name="rollguard:url" content="https://www.acme.com/"></head><body>
<div role="dialog"><p>{}</p><button data-yes>Allow</button><button data-no>Don't allow</button></div></body></html>
"""
ASK = PAGE.format("Let us read your camera roll in our cloud?")
NEAR_MISS = PAGE.format("Use your camera roll to pick one picture?")
NEWS = PAGE.format("Read the news?")
OURS = "rules/acme"


def write_sources(folder: Path) -> Path:
    """All of it below `folder`."""
    files = {
        f"{OURS}/rule.toml": RULE,
        **{f"{OURS}/texts/{language}.toml": TEXT for language in SPOKEN},
        f"{OURS}/match_en.html": ASK,
        f"{OURS}/no_match_one_picture.html": NEAR_MISS,
        "lexicon/slots.toml": SLOTS,
        "lexicon/en.toml": ENGLISH,
        "decoys/news.html": NEWS,
        "negatives/given.html": NEWS,
        "negatives/corpus.jsonl": negative("corpus: news", NEWS) + negative("held out, en", NEWS, is_held_out=True),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def negative(name: str, html: str, *, is_held_out: bool = False) -> str:
    return json.dumps({"name": name, "url": "https://www.acme.com/", "held_out": is_held_out, "html": html}) + "\n"
