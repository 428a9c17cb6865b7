"""`python -m tests.corpus index | run | show`: makes the index, holds the engines against it, prints a case's page."""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.corpus.cases import INDEX, Case, dump_cases, load_cases, render
from tests.corpus.engines import Answer, by_browser, by_python, open_browser
from tests.corpus.figures import Figures, Share, controls_are_right, is_right, measure
from tests.corpus.sampling import build_index


def main() -> int:
    arguments = _parse()
    if arguments.command == "index":
        cases = build_index()
        INDEX.write_text(dump_cases(cases), "utf-8")
        asks = sum(case.is_ask for case in cases)
        print(f"{INDEX.name}: {asks} asks, {len(cases) - asks} negatives")
        return 0
    if arguments.command == "show":
        print(render(next(case for case in load_cases() if case.id == arguments.case)))
        return 0
    return _run(arguments)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("index", help="write index.json anew from texts, templates and techniques")
    show = commands.add_parser("show", help="print a case's page")
    show.add_argument("case", help="its id in index.json")
    run = commands.add_parser("run", help="judge the cases and print the figures")
    run.add_argument("--part", choices=["tuned", "held_out", "voices", "all"], default="tuned")
    run.add_argument("--engine", choices=["python", "browser"], default="python")
    run.add_argument("--language", default="", help="only this one, such as pt-BR")
    run.add_argument("--failures", action="store_true", help="name each wrong case and what failed")
    run.add_argument("--report", type=Path, help="write all figures as JSON")
    return parser.parse_args()


SEEN = ("tuned", "voices")
"""Parts that words and rules are tuned on."""


def _run(arguments: argparse.Namespace) -> int:
    if arguments.failures and arguments.part not in SEEN:
        sys.stderr.write(
            "--failures: what is held out stays unseen, else it measures nothing. Use --part tuned or voices.\n"
        )
        return 2
    start = time.monotonic()
    cases = load_cases(arguments.part, arguments.language)
    if arguments.engine == "python":
        judged = list(by_python(cases))
    else:
        with open_browser() as browser:
            judged = list(by_browser(browser, cases, explain=arguments.failures))
    figures = measure(judged) if arguments.part in SEEN else measure(judged).without_names()
    print(f"{len(judged)} pages, engine {arguments.engine}, {time.monotonic() - start:.0f} s")
    _print(figures)
    if arguments.failures:
        for case, answer in judged:
            _explain(case, answer)
    if arguments.report:
        report = {"engine": arguments.engine, "part": arguments.part, "pages": len(judged), **figures.to_json()}
        arguments.report.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _print(figures: Figures) -> None:
    for name, shares in (
        ("language", figures.recall_by_language),
        ("technique", figures.recall_by_technique),
        ("template", figures.recall_by_template),
        ("product", figures.recall_by_product),
    ):
        print(f"\nRecall by {name}")
        for key, share in shares.items():
            print(f"  {key:24} {share}")
    print()
    rows: list[tuple[str, Share | str]] = [
        ("recall", figures.recall),
        ("recall, plain", figures.recall_plain),
        ("recall, obfuscated or paraphrased", figures.recall_hard),
        ("shown at all", figures.seen),
        ("controls right", figures.controls),
        ("false warnings", f"{len(figures.false_warnings)} of {figures.negatives} negatives"),
    ]
    for label, value in rows:
        print(f"{label:36} {value}")
    for name in figures.false_warnings:
        print(f"  {name}")


def _explain(case: Case, answer: Answer) -> None:
    shown = answer.shown
    if not is_right(case, answer):
        severity = shown["severity"] if shown else "nothing"
        why = f"{shown['rule']} {shown['language']} {shown['evidence']}" if shown else answer.near
        print(f"{case.id}: expected {case.expected}, got {severity}: {why}")
    elif case.is_ask and not controls_are_right(case, answer):
        got = [(shown or {}).get(name) for name in ("accept", "decline")]
        print(f"{case.id}: expected {[case.accept, case.decline]}, got {got}")


if __name__ == "__main__":
    sys.exit(main())
