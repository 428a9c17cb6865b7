"""`rollguard rules new`: a folder in which everything is asked for, and whose check fails until it is filled."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rollguard.errors import RuleError
from rollguard.rules.shapes import RuleId

_RULE = """\
# Why this rule exists, who saw the dialog, and when.
summary = "TODO: one sentence for the catalogue"
product = "TODO: the product's name"
severity = "warning" # or "notice": on-device, end-to-end encrypted
match_patterns = ["*://*.example.com/*"] # TODO: the site; none at all: every page that is watched
# Whose words warn in languages in which this rule has no text of its own. Without it, it needs one in every language.
texts_like = "photo_consent"
within_words = 60
forbids = ["cookies", "objection", "own_upload"]
title_forbids = ["turn_off", "delete", "other_permission"]
forbids_selector = 'input[type="file"]'
lowered_by = ["on_device", "end_to_end"]

[[requires]] # what is asked for
any_of = ["camera_roll", "your_photos"]

[[requires]] # what is done with it
any_of = ["cloud", "ai", "faces"]

[controls]
accept = ["allow", "agree", "enable"]
accept_if_declinable = ["proceed"]
decline = ["refuse", "later", "cancel"]

[[sources]]
id = "todo"
title = "TODO: who said so"
url = "https://example.com/todo"
date = "2026-01"
"""
_TEXT = """\
title = "TODO: what the dialog wants, in plain words"
decline = "TODO: how to say no"

[[consequences]]
text = "TODO: what Allow does"
source = "todo"
"""
_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="rollguard:url" content="https://www.example.com/"><title>TODO</title></head>
<body>
<main>TODO: the page behind it</main>
<div role="{role}"><h2>TODO: {what}</h2></div>
</body>
</html>
"""


def new_rule(sources: Path, rule_id: str) -> Path:
    """Create the folder of a new rule.

    Returns:
        The folder.

    Raises:
        RuleError: the id is no id, or the folder exists.
    """
    folder = sources / "rules" / rule_id
    try:
        TypeAdapter(RuleId).validate_python(rule_id)
    except ValidationError as error:
        raise RuleError(rule_id, "this is no rule id", "Write lower-case words, like acme_photo_backup.") from error
    if folder.exists():
        raise RuleError(str(folder), "it exists already", "Choose another id, or work in that folder.")
    (folder / "texts").mkdir(parents=True)
    (folder / "rule.toml").write_text(_RULE, "utf-8")
    (folder / "texts" / "en.toml").write_text(_TEXT, "utf-8")
    match = _PAGE.format(role="dialog", what="save the dialog that this rule must show on")
    near_miss = _PAGE.format(role="dialog", what="save a dialog that is nearly it, and harmless")
    (folder / "match_en.html").write_text(match, "utf-8")
    (folder / "no_match_near_miss.html").write_text(near_miss, "utf-8")
    return folder
