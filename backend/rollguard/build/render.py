"""Templates, locales and the trusted set → the text files of a build."""

import json
import tomllib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from rollguard.build.plan import EXTENSION, ROOT, host_of, origin_of
from rollguard.errors import BuildError

Messages = dict[str, dict[str, Any]]

# Languages that browsers call otherwise. Chrome's store has a list of names (Chrome extension docs, "Locales");
# Firefox finds `pt` and `nb` by itself.
_LOCALES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}
_CHROME_LOCALES = {"nb": "no", "pt": "pt_BR", "tl": "fil"}


def render_manifest(browser: str, *, matches: list[str], service_url: str) -> str:
    """`manifest.json` of one browser.

    Raises:
        BuildError: the template cannot be read, or does not make JSON.
    """
    name = "manifest.json.j2"
    text = _render(name, browser=browser, version=version(), matches=matches, service_origin=origin_of(service_url))
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    except ValueError as error:
        raise BuildError(f"{name} for {browser}", f"what it makes is no JSON: {error}", "Mend the template.") from error


def render_userscript(code: str, baked: dict[str, Any], *, matches: list[str], service_url: str) -> str:
    """`rollguard.user.js`: header, baked set, code, all in one file."""
    messages = read_locales()
    return _render(
        "userscript.js.j2",
        version=version(),
        matches=matches,
        service_host=host_of(service_url),
        descriptions={language: table["extensionDescription"]["message"] for language, table in messages.items()},
        baked=script_json({**baked, "messages": messages}),
        code=code,
    )


def read_locales() -> dict[str, Messages]:
    """Language → its `messages.json`, in a fixed order.

    Raises:
        BuildError: a file is no JSON.
    """
    tables: dict[str, Messages] = {}
    for path in sorted((EXTENSION / "_locales").glob("*/messages.json")):
        try:
            tables[path.parent.name] = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise BuildError(str(path.relative_to(ROOT)), f"it is no JSON: {error}", "Mend it.") from error
    return tables


def locale_files(browser: str, tables: dict[str, Messages]) -> dict[str, str]:
    """Path in the package → text, under the names that the browser knows."""
    names = {**_LOCALES, **_CHROME_LOCALES} if browser == "chrome" else _LOCALES
    named = {names.get(language, language.replace("-", "_")): table for language, table in tables.items()}
    if "pt_BR" in named:
        named.setdefault("pt_PT", named["pt_BR"])  # until Portugal has words of its own
    return {
        f"_locales/{name}/messages.json": json.dumps(table, indent=2, ensure_ascii=False) + "\n"
        for name, table in named.items()
    }


def script_json(value: Any) -> str:
    """JSON that may stand inside a script wherever a manager or a page puts it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def _render(name: str, folder: Path = EXTENSION, **values: Any) -> str:
    # No HTML comes out of these templates; `tojson` does the quoting.
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    try:
        return environment.get_template(name).render(values)
    except TemplateError as error:
        raise BuildError(f"extension/{name}", f"it cannot be rendered: {error}", "Mend the template.") from error
