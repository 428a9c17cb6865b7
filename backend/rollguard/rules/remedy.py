"""A remedy: what a person can switch off, or object to, in a product."""

from typing import Annotated

from pydantic import Field, StringConstraints

from rollguard.rules.shapes import Language, Line, Model, RuleId, Source

Way = Annotated[str, StringConstraints(pattern="^(switch|objection)$")]
Link = Annotated[str, StringConstraints(pattern=r"^(https://[^\s\"<>]+)?$", max_length=400)]
Where = Annotated[str, StringConstraints(pattern="^(web|phone|computer)$")]


class RemedyFile(Model):
    """`remedy.toml`. The folder's name is the remedy's id."""

    product: Line
    way: Way
    where: Where
    """On which device it can be done."""
    link: Link = ""
    """As deep into the product as links go; empty where no address leads nearer."""
    sources: tuple[Source, ...] = Field(min_length=1, max_length=4)


class RemedyTextFile(Model):
    """`texts/<language>.toml`."""

    title: Line
    steps: tuple[Line, ...] = Field(default=(), max_length=8)
    uploaded: Annotated[str, StringConstraints(max_length=400, strip_whitespace=True)] = ""
    """What happens to pictures that are already there; empty where nobody has said."""


class Remedy(RemedyFile, RemedyTextFile):
    """A remedy in one language, as the check-up page gets it."""

    id: RuleId
    language: Language
