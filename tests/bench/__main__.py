"""`python -m tests.bench feed | scoreboard`: measures, and prints a table. The scoreboard also keeps its report."""

import argparse
import sys

from tests.bench import feed, scoreboard


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", required=True)
    watching = benches.add_parser("feed", help="what watching an endless feed costs")
    watching.add_argument("--repetitions", type=int, default=feed.REPETITIONS)
    board = benches.add_parser("scoreboard", help="who recognises what; writes scoreboard.json and the README's quote")
    board.add_argument("--dry", action="store_true", help="only print")
    chosen = parser.parse_args()
    words = feed.run(chosen.repetitions) if chosen.bench == "feed" else scoreboard.run(keep=not chosen.dry)
    sys.stdout.write(f"{words}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
