"""`python -m tests.bench feed | scoreboard | mutations`: measures, and prints. The scoreboard also keeps its report."""

import argparse
import sys

from tests.bench import feed, mutations, scoreboard


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", required=True)
    watching = benches.add_parser("feed", help="what watching an endless feed costs")
    watching.add_argument("--repetitions", type=int, default=feed.REPETITIONS)
    board = benches.add_parser("scoreboard", help="who recognises what; writes scoreboard.json and the README's quote")
    board.add_argument("--dry", action="store_true", help="only print")
    spoiling = benches.add_parser("mutations", help="spoilt metadata and bundles, by the million")
    spoiling.add_argument("--runs", type=int, default=mutations.RUNS)
    sys.stdout.write(f"{_measure(parser.parse_args())}\n")
    return 0


def _measure(chosen: argparse.Namespace) -> str:
    if chosen.bench == "feed":
        return feed.run(chosen.repetitions)
    return mutations.run(chosen.runs) if chosen.bench == "mutations" else scoreboard.run(keep=not chosen.dry)


if __name__ == "__main__":
    sys.exit(main())
