"""`python -m tests.bench feed | scoreboard`: measures, prints, keeps report and README's quote of it."""

import argparse
import sys

from tests.bench import feed, scoreboard


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", required=True)
    watching = benches.add_parser("feed", help="what watching an endless feed costs; writes feed.json and the quote")
    watching.add_argument("--repetitions", type=int, default=feed.REPETITIONS)
    board = benches.add_parser("scoreboard", help="who recognises what; writes scoreboard.json and the README's quote")
    for each in (watching, board):
        each.add_argument("--dry", action="store_true", help="only print")
    chosen = parser.parse_args()
    keep = not chosen.dry
    words = feed.run(chosen.repetitions, keep=keep) if chosen.bench == "feed" else scoreboard.run(keep=keep)
    sys.stdout.write(f"{words}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
