"""What changed between two bundles, record by record: a few hundred bytes instead of all the rules.

Unsigned: whoever applies one keeps the result only if it is, to the byte, the bundle that the maintainers signed.
"""

import json

from rollguard.errors import RuleError
from rollguard.rules.records import Key, key_of

FORMAT = 1
KEPT_VERSIONS = 20
"""How many versions back a client may be and still get a difference instead of the whole."""


def make_delta(old: bytes, new: bytes) -> bytes | None:
    """What makes `new` of `old`; None where that cannot be said in records (the header changed, or a file is none).

    The result of applying it is the header line, then the lines sorted by kind and name, as `write_records` does.
    """
    try:
        old_header, old_lines = _records(old)
        new_header, new_lines = _records(new)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if old_header != new_header:
        return None
    changed = [line for key, line in new_lines.items() if old_lines.get(key) != line]
    removed = [key for key in old_lines if key not in new_lines]
    delta = {"format": FORMAT, "remove": ["/".join(key) for key in sorted(removed)], "set": changed}
    data = json.dumps(delta, ensure_ascii=False, separators=(",", ":")).encode()
    return data if apply_delta(old, data) == new else None


def apply_delta(old: bytes, delta: bytes) -> bytes:
    """What a client does with it.

    Raises:
        RuleError: it is no difference that we write.
    """
    try:
        said = json.loads(delta)
        header, lines = _records(old)
        for name in said["remove"]:
            kind, key = name.split("/", 1)
            del lines[kind, key]
        for line in said["set"]:
            lines[key_of(json.loads(line))] = line
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refusal(f"it cannot be applied: {error!r}") from error
    if said["format"] != FORMAT:
        raise _refusal(f"its format is {said['format']!r}, not {FORMAT}")
    return "".join(f"{line}\n" for line in [header, *(lines[key] for key in sorted(lines))]).encode()


def _refusal(reason: str) -> RuleError:
    return RuleError("the delta", reason, "Take the whole file.")


def delta_path(old_sha256: str, new_sha256: str) -> str:
    """Where it lies in the repository."""
    return f"deltas/{old_sha256}.{new_sha256}.json"


def _records(bundle: bytes) -> tuple[str, dict[Key, str]]:
    header, *lines = bundle.decode().split("\n")[:-1]
    return header, {key_of(json.loads(line)): line for line in lines}
