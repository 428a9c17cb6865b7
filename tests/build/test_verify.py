"""The last look: each forbidden thing, put into an otherwise fine package, is found and named."""

import json
from typing import Any

import pytest

from rollguard.build.render import script_json
from rollguard.build.verify import Files, verify_files, verify_locales, verify_package
from rollguard.errors import BuildError

EN = {"extensionName": {"message": "Rollguard"}, "greet": {"message": "$A$", "placeholders": {"a": {"content": "$1"}}}}
MANIFEST: dict[str, Any] = {
    "name": "__MSG_extensionName__",
    "default_locale": "en",
    "background": {"scripts": ["background.js"]},
    "content_scripts": [{"js": ["content.js"]}],
    "action": {"default_popup": "popup.html"},
}


def fine_package(**changes: str) -> Files:
    texts = {
        "manifest.json": json.dumps(MANIFEST),
        "background.js": "const a = 1;",
        "content.js": "const b = 2;",
        "popup.html": '<script src="background.js" defer></script><a href="https://example.org/">why</a>',
        "_locales/en/messages.json": json.dumps(EN),
        **changes,
    }
    return {path: text.encode() for path, text in texts.items()}


def test_a_fine_package_passes() -> None:
    files = fine_package()
    verify_files(files)
    verify_package(files, set(files))


@pytest.mark.parametrize(
    ("code", "thing"),
    [
        ("-----BEGIN PRIVATE KEY-----", "a private key"),
        ('const a = "https://cdn.example/lib.js";', "the address of a script elsewhere"),
        ('const a = "http://cdn.example/lib.mjs?v=1";', "the address of a script elsewhere"),
        ('const a = await import ("./a");', "a dynamic import"),
        ('eval ("1")', "eval"),
        ('globalThis.eval("1")', "eval"),
        ('new  Function("return 1")', "code made from text"),
        ('Function("return 1")', "code made from text"),
        ("a.innerHTML = b", "HTML made from text"),
        ("a.outerHTML = b", "HTML made from text"),
        ('a.insertAdjacentHTML("beforeend", b)', "HTML made from text"),
        ("document.write(b)", "HTML made from text"),
        ("document . writeln(b)", "HTML made from text"),
    ],
)
def test_what_no_build_may_hold_is_named_with_file_line_and_column(code: str, thing: str) -> None:
    with pytest.raises(BuildError) as refused:
        verify_files(fine_package(**{"content.js": f"const fine = 1;\n  {code}\n"}))
    assert refused.value.place.startswith("content.js: line 2, column ")
    assert thing in refused.value.reason


@pytest.mark.parametrize(
    "code",
    [
        "medieval(1)",
        "function isFunction(a) {}",
        "typeof a === 'function'",
        "important(1)",
        'a = "https://x.example/js"',
    ],
)
def test_words_that_only_look_alike_pass(code: str) -> None:
    verify_files(fine_package(**{"content.js": code}))


@pytest.mark.parametrize("html", ["<script>let a</script>", '<p onclick="a()">', "<SCRIPT type=module>a</SCRIPT>"])
def test_a_script_inside_a_page_is_refused(html: str) -> None:
    with pytest.raises(BuildError, match="a script inside the page"):
        verify_files(fine_package(**{"popup.html": html}))


def test_a_private_key_is_found_even_in_a_picture() -> None:
    with pytest.raises(BuildError, match=r"icon\.png: line 1"):
        verify_files({"icon.png": b"\x89PNG\xff-----BEGIN EC PRIVATE KEY-----"})


def test_a_file_that_nobody_listed_is_refused() -> None:
    files = fine_package()
    with pytest.raises(BuildError, match=r"notes\.txt\n.*nobody listed it"):
        verify_package({**files, "notes.txt": b"x"}, set(files))


def test_a_listed_file_that_is_missing_is_refused() -> None:
    files = fine_package()
    with pytest.raises(BuildError, match=r"popup\.css\n.*it is missing"):
        verify_package(files, {*files, "popup.css"})


@pytest.mark.parametrize("key", ["background", "content_scripts", "action", "default_locale", "icons"])
def test_a_path_that_a_manifest_names_and_nobody_made_is_refused(key: str) -> None:
    wrong: dict[str, Any] = {
        "background": {"service_worker": "worker.js"},
        "content_scripts": [{"js": ["lost.js"]}],
        "action": {"default_popup": "lost.html"},
        "default_locale": "xx",
        "icons": {"16": "lost.png"},
    }
    files = fine_package(**{"manifest.json": json.dumps({**MANIFEST, key: wrong[key]})})
    with pytest.raises(BuildError, match=f"manifest.json: {key}"):
        verify_package(files, set(files))


def test_a_message_that_a_manifest_names_and_nobody_wrote_is_refused() -> None:
    files = fine_package(**{"manifest.json": json.dumps({**MANIFEST, "name": "__MSG_lost__"})})
    with pytest.raises(BuildError, match="__MSG_lost__"):
        verify_package(files, set(files))


def test_a_page_that_names_a_file_outside_the_package_is_refused() -> None:
    files = fine_package(**{"popup.html": '<link rel="stylesheet" href="lost.css">'})
    with pytest.raises(BuildError, match=r"popup\.html: line 1.*\n.*lost\.css"):
        verify_package(files, set(files))


def test_a_manifest_that_is_no_json_is_refused() -> None:
    files = fine_package(**{"manifest.json": "{,}"})
    with pytest.raises(BuildError, match="no JSON"):
        verify_package(files, set(files))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"extensionName": EN["extensionName"]}, "greet\n.*it is missing"),
        ({**EN, "extra": {"message": "x"}}, "extra\n.*English has no such message"),
        ({**EN, "extensionName": {"message": ""}}, "extensionName\n.*it is empty"),
        ({**EN, "greet": {"message": "x"}}, "greet\n.*placeholders"),
    ],
)
def test_a_language_that_says_something_else_than_english_is_refused(table: dict[str, Any], words: str) -> None:
    with pytest.raises(BuildError, match=f"_locales/de/messages.json: {words}"):
        verify_locales({"_locales/en/messages.json": EN, "_locales/de/messages.json": table})


def test_json_inside_a_script_can_neither_end_it_nor_break_a_line() -> None:
    text = script_json({"a": "</script>\u2028\u2029"})
    assert "</" not in text
    assert "\u2028" not in text
    assert "\u2029" not in text
    assert json.loads(text) == {"a": "</script>\u2028\u2029"}
