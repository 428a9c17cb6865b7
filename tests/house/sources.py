"""What the sources import, read without running them."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKEND = ROOT / "backend"
TYPESCRIPT = ROOT / "extension" / "src"

# Strings and comments in one pass, so that neither can hide in the other.
_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`|/\*.*?\*/|//[^\n]*', re.DOTALL)
_CLAUSE = r"(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+)"
_PACKAGE = "npm:"
_IMPORT = re.compile(rf'^(?:import|export)\s+(?:(?P<clause>{_CLAUSE})\s+from\s+)?"(?P<path>[^"]+)"', re.MULTILINE)


def typescript_files() -> list[Path]:
    return sorted(TYPESCRIPT.rglob("*.ts"))


def typescript_code(path: Path) -> str:
    """Without comments and strings; of a template, only the code in it."""
    return _TOKEN.sub(lambda token: " ".join(_code_in_template(token[0])), path.read_text("utf-8"))


def _code_in_template(token: str) -> list[str]:
    return re.findall(r"\$\{([^}]*)\}", token) if token.startswith("`") else []


@cache
def typescript_imports(path: Path) -> list[tuple[Path, bool]]:
    """Each imported file, and whether any value comes from it: types are gone when the script runs."""
    return [
        ((path.parent / found["path"]).resolve(), _brings_values(found["clause"] or ""))
        for found in _IMPORT.finditer(_without_comments(path))
        if not found["path"].startswith(_PACKAGE)
    ]


def typescript_packages(path: Path) -> list[str]:
    """What a file imports from the npm registry."""
    found = (match["path"] for match in _IMPORT.finditer(_without_comments(path)))
    return [name for name in found if name.startswith(_PACKAGE)]


def _without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def _brings_values(clause: str) -> bool:
    clause = clause.strip()
    if clause.startswith("type "):
        return False
    names = [name.strip() for name in clause.strip("{} \n").split(",") if name.strip()]
    return not names or not all(name.startswith("type ") for name in names)


def python_files() -> dict[str, Path]:
    """Module name → file, for the whole package."""
    found = {}
    for path in sorted((BACKEND / "rollguard").rglob("*.py")):
        parts = path.relative_to(BACKEND).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def python_imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, inside functions too; `from a import b` counts as `a` and as `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def reachable(start: str) -> set[str]:
    """Every module of ours that may get loaded once `start` is."""
    files = python_files()
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in files:
            continue
        seen.add(name)
        parents = {name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1)}
        waiting += [*python_imports(files[name]), *parents]
    return seen
