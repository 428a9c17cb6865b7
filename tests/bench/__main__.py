"""`python -m tests.bench BENCH`: measures, and prints. Feed, scoreboard and latency keep what README quotes."""

import argparse
import sys

from tests.bench import feed, latency, mutations, scoreboard, throughput


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", required=True)
    watching = benches.add_parser("feed", help="what watching an endless feed costs; writes feed.json and the quote")
    watching.add_argument("--repetitions", type=int, default=feed.REPETITIONS)
    board = benches.add_parser("scoreboard", help="who recognises what; writes scoreboard.json and the README's quote")
    pushing = benches.add_parser("latency", help="from a push to open tabs; writes latency.json and the README's quote")
    pushing.add_argument("--pushes", type=int, default=latency.PUSHES)
    pushing.add_argument("--poll-interval", type=int, default=latency.POLL_SECONDS)
    for each in (watching, board, pushing):
        each.add_argument("--dry", action="store_true", help="only print")
    spoiling = benches.add_parser("mutations", help="spoilt metadata and bundles, by the million")
    spoiling.add_argument("--runs", type=int, default=mutations.RUNS)
    benches.add_parser("throughput", help="the service beside nginx, and what an edge in front leaves for it")
    sys.stdout.write(f"{_measure(parser.parse_args())}\n")
    return 0


def _measure(chosen: argparse.Namespace) -> str:
    match chosen.bench:
        case "feed":
            return feed.run(chosen.repetitions, keep=not chosen.dry)
        case "scoreboard":
            return scoreboard.run(keep=not chosen.dry)
        case "latency":
            return latency.run(chosen.pushes, chosen.poll_interval, keep=not chosen.dry)
        case "throughput":
            return throughput.run()
        case _:
            return mutations.run(chosen.runs)


if __name__ == "__main__":
    sys.exit(main())
