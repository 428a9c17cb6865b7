"""The last look at what was built: a store, a maintainer or a person must find nothing in it that may not be there."""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import regex

from rollguard.errors import BuildError

Files = dict[str, bytes]
"""Path in the package → content."""

_TEXT = {".js", ".html", ".css", ".json"}
# Chrome Web Store, "MV3 requirements": no code from elsewhere, and no string that looks like the address of such code.
_FORBIDDEN = {
    "a private key": regex.compile(r"PRIVATE KEY"),
    "the address of a script elsewhere": regex.compile(r"https?://[^\s\"'`<>]+\.m?js\b"),
    "a dynamic import": regex.compile(r"\bimport\s*\("),
    "eval": regex.compile(r"\beval\s*\("),
    "code made from text": regex.compile(r"\bnew\s+Function\b|\bFunction\s*\("),
    "HTML made from text": regex.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML)\b|\bdocument\s*\.\s*write"),
}
_INLINE_SCRIPT = regex.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\son\w+\s*=\s*[\"']", regex.IGNORECASE)
_REFERENCE = regex.compile(r"\b(?:src|href)\s*=\s*[\"']([^\"'#]+)[\"']", regex.IGNORECASE)
_MESSAGE = regex.compile(r"__MSG_(\w+)__")


def verify_files(files: Files) -> None:
    """No file holds what a build must never hold.

    Raises:
        BuildError: naming file, line, column and the thing.
    """
    for path, content in files.items():
        if b"PRIVATE KEY" in content:
            raise _found(path, content.decode("utf-8", "replace"), content.index(b"PRIVATE KEY"), "a private key")
        if PurePosixPath(path).suffix not in _TEXT:
            continue
        text = content.decode("utf-8")
        for name, pattern in _FORBIDDEN.items():
            if match := pattern.search(text):
                raise _found(path, text, match.start(), name)
        if path.endswith(".html") and (match := _INLINE_SCRIPT.search(text)):
            raise _found(path, text, match.start(), "a script inside the page")


def verify_package(files: Files, allowed: set[str]) -> None:
    """An extension is whole: nothing but what is allowed, and everything that it names.

    Raises:
        BuildError: naming the file and what is wrong with it.
    """
    for path in sorted(files.keys() ^ allowed):
        reason = "nobody listed it" if path in files else "it is missing"
        raise BuildError(path, reason, "Add the file, or mend the list in backend/rollguard/build/package.py.")
    for path in sorted(files):
        if path.endswith(".json"):
            _parse(path, files[path])
    manifest = _parse("manifest.json", files["manifest.json"])
    for key, path in named_paths(manifest):
        if path not in files:
            raise BuildError(f"manifest.json: {key}", f"there is no {path}", "Mend extension/manifest.json.j2.")
    for page in sorted(path for path in files if path.endswith(".html")):
        _verify_page(page, files)
    verify_locales({path: _parse(path, content) for path, content in files.items() if path.startswith("_locales/")})
    english = _parse("_locales/en/messages.json", files["_locales/en/messages.json"])
    for key in _MESSAGE.findall(files["manifest.json"].decode()):
        if key not in english:
            raise BuildError(
                f"manifest.json: __MSG_{key}__", "there is no such message", "Add it to extension/_locales."
            )


def named_paths(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every file that a manifest names, with the key that names it."""
    action, background = manifest.get("action", {}), manifest.get("background", {})
    for size, path in manifest.get("icons", {}).items():
        yield f"icons.{size}", path
    for size, path in action.get("default_icon", {}).items():
        yield f"action.default_icon.{size}", path
    if "default_popup" in action:
        yield "action.default_popup", action["default_popup"]
    if "service_worker" in background:
        yield "background.service_worker", background["service_worker"]
    yield from (("background.scripts", path) for path in background.get("scripts", []))
    for script in manifest.get("content_scripts", []):
        yield from (("content_scripts", path) for path in [*script.get("js", []), *script.get("css", [])])
    yield from (("storage", path) for path in manifest.get("storage", {}).values())
    if "default_locale" in manifest:
        yield "default_locale", f"_locales/{manifest['default_locale']}/messages.json"


def verify_locales(tables: dict[str, dict[str, Any]], english: str = "_locales/en/messages.json") -> None:
    """Every language says everything that English says, and nothing else.

    Raises:
        BuildError: naming the file and the key.
    """
    for path, table in sorted(tables.items()):
        for key in sorted(tables[english].keys() ^ table.keys()):
            reason = "English has no such message" if key in table else "it is missing"
            raise BuildError(f"{path}: {key}", reason, "Every language needs the same messages.")
        for key, entry in table.items():
            if not entry.get("message"):
                raise BuildError(f"{path}: {key}", "it is empty", "Translate it.")
            if entry.get("placeholders", {}).keys() != tables[english][key].get("placeholders", {}).keys():
                raise BuildError(f"{path}: {key}", "its placeholders are not those of English", "Use the same ones.")


def _verify_page(page: str, files: Files) -> None:
    text = files[page].decode()
    for match in _REFERENCE.finditer(text):
        target = match[1]
        if "://" in target and not match[0].lower().startswith("src"):
            continue  # a link that a person may follow
        if target not in files:
            raise _found(page, text, match.start(), f"the name of {target}, which is not in the package,")


def _parse(path: str, content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except ValueError as error:
        raise BuildError(path, f"it is no JSON: {error}", "Mend what makes it.") from error
    if not isinstance(value, dict):
        raise BuildError(path, "it is no JSON object", "Mend what makes it.")
    return value


def _found(path: str, text: str, offset: int, thing: str) -> BuildError:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    shown = text[offset : offset + 60].split("\n", maxsplit=1)[0]
    reason = f"there is {thing} in it: {shown}"
    return BuildError(
        f"{path}: line {line}, column {column}", reason, "Take it out of the source; no build may hold it."
    )
