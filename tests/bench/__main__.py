"""`python -m tests.bench BENCH`: measures, and prints. The scoreboard also keeps its report."""

import argparse
import sys

from tests.bench import feed, mutations, scoreboard, throughput


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", required=True)
    watching = benches.add_parser("feed", help="what watching an endless feed costs")
    watching.add_argument("--repetitions", type=int, default=feed.REPETITIONS)
    board = benches.add_parser("scoreboard", help="who recognises what; writes scoreboard.json and the README's quote")
    board.add_argument("--dry", action="store_true", help="only print")
    spoiling = benches.add_parser("mutations", help="spoilt metadata and bundles, by the million")
    spoiling.add_argument("--runs", type=int, default=mutations.RUNS)
    benches.add_parser("throughput", help="the service beside nginx, and what an edge in front leaves for it")
    sys.stdout.write(f"{_measure(parser.parse_args())}\n")
    return 0


def _measure(chosen: argparse.Namespace) -> str:
    if chosen.bench == "feed":
        return feed.run(chosen.repetitions)
    if chosen.bench == "throughput":
        return throughput.run()
    return mutations.run(chosen.runs) if chosen.bench == "mutations" else scoreboard.run(keep=not chosen.dry)


if __name__ == "__main__":
    sys.exit(main())
