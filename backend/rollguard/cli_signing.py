"""What verbs that sign have in common: show what changes, ask, sign, and publish or hand on. Loads private keys."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from rollguard.corpus import corpus_asks, corpus_negatives
from rollguard.errors import RollguardError, RuleError
from rollguard.rules.checker import check_sources
from rollguard.rules.compiler import Compiled, compile_bundle, parse_bundle
from rollguard.rules.model import Bundle
from rollguard.rules.negatives import Negative, given_negatives
from rollguard.rules.pages import decoys, fixtures
from rollguard.trust.changes import describe_changes, verdict_changes
from rollguard.trust.draft import Draft, count_signatures
from rollguard.trust.keys import MaintainerKeys
from rollguard.trust.pull import pull
from rollguard.trust.push import keys_or_development, sign_only, submit
from rollguard.trust.repository import Repository
from rollguard.trust.storage import write_atomically


@dataclass(frozen=True)
class Sitting:
    """A maintainer with her keys, before what her service has published."""

    service: str
    keys: MaintainerKeys
    repository: Repository
    now: datetime
    is_sure: bool

    @classmethod
    def begin(cls, service: str, keys_dir: Path, now: datetime, *, is_sure: bool) -> "Sitting":
        keys = keys_or_development(keys_dir, now)
        return cls(service, keys, pull(service, keys.root), now, is_sure)

    @property
    def public(self) -> Bundle:
        return parse_bundle(self.repository.bundle)

    def ask(self, words: Iterable[str]) -> None:
        """Show what will be signed, and let the maintainer say no. A script, which nobody watches, is not asked."""
        for line in words:
            click.echo(line)
        if not self.is_sure and sys.stdin.isatty() and sys.stdout.isatty():
            click.confirm("Sign this?", abort=True)

    def begin_or_sign(self, draft: Draft, path: Path | None, default: str) -> int | None:
        """Sign what this maintainer has begun; where she names a `path`, it goes there and is not published."""
        if path is None:
            return self.sign(draft, Path(default))
        self.hand_on(sign_only(self.repository, draft, self.keys), path)
        return None

    def sign(self, draft: Draft, path: Path) -> int | None:
        """Publish where that was the last signature that was missing; else write the draft for the next maintainer.

        Returns:
            The version that is now public, if one is.
        """
        done = submit(self.service, self.repository, draft, self.keys, self.now)
        if done.version is None:
            self.hand_on(done.draft, path)
        return done.version

    def hand_on(self, signed: Draft, path: Path) -> None:
        """Write what is signed so far, for the next maintainer."""
        write_atomically(path, signed.to_json())
        verb = "keys" if signed.kind == "keys" else "rules"
        click.echo(
            f"Signed: {', '.join(count_signatures(self.repository, signed))}. Nothing is public yet.\n"
            f"Next: another maintainer runs `rollguard {verb} sign {path}`"
        )


def checked_sources(sources: Path, public: Bundle) -> tuple[Compiled, list[Negative]]:
    """The compiled rules of a checkout, and the corpus that they were held against.

    Raises:
        RuleError: something speaks against them.
    """
    corpus = corpus_negatives(sources)
    bundle, errors = check_sources(sources, corpus, public)
    require_green(sources, errors)
    return compile_bundle(bundle), corpus


def require_green(sources: Path, errors: Sequence[RollguardError]) -> None:
    """All that is wrong, and then a refusal."""
    if len(errors) == 1:
        raise errors[0]
    for error in errors:
        click.echo(f"{error}\n", err=True)
    if errors:
        raise RuleError(str(sources), f"{len(errors)} thing(s) to mend", "They stand above.")


def words_of_change(old: Bundle, data: Compiled, sources: Path, corpus: Sequence[Negative] = ()) -> Iterable[str]:
    """Rules and words that change, and the pages of which something else is said then."""
    new = parse_bundle(data)
    changes = describe_changes(old, new)
    if not changes:
        yield "No rule, word or text changes: what is public is signed anew, for longer."
        return
    yield from changes
    extra = [*given_negatives(sources), *corpus, *corpus_asks(sources)]
    named = [expected.page for expected in (*fixtures(sources), *decoys(sources))]
    named += [each.page for each in extra if not each.is_held_out]
    verdicts = list(verdict_changes(old, new, named))
    yield f"Pages of which something else is said: {len(verdicts) or 'none'}"
    yield from (f"  {words}" for words in verdicts)
    # What is held out measures what was never tuned by it, and is therefore only counted.
    held_out = [each.page for each in extra if each.is_held_out]
    if held_out:
        yield f"Held-out pages of which something else is said: {len(list(verdict_changes(old, new, held_out)))}"
