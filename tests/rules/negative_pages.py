"""`python -m tests.rules.negative_pages`: the corpus' negatives, a page a line, as `rollguard rules check` reads them.

What only rendering tells is left out: the matcher that asks has no layout. Held-out pages carry no name.
"""

import json
import sys

from tests.corpus.cases import load_cases, render


def main() -> None:
    for case in load_cases():
        if not case.is_ask and not case.needs_rendering:
            is_held_out = case.part != "tuned"
            name = f"tests/corpus: held out, {case.language}" if is_held_out else f"tests/corpus: {case.id}"
            record = {"name": name, "url": case.url, "held_out": is_held_out, "html": render(case)}
            sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
