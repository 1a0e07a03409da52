"""A part of an edition as it is compared: a key, its fields by value and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from criteria.policies.difference.change import ChangedField, Concerns, Side
from criteria.policies.difference.sections import EditionSection
from criteria.rules import Citation
from criteria.rules.explain import citation_text, date_text, number_text

ItemKey = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact of a part. Compared by ``value``; ``exact`` tells apart what reads the same.

    ``is_of_members``: it bears on everything that stands inside the part, too.
    """

    label: str
    value: object
    words: str
    exact: str = ""
    is_lesser: bool = False
    is_of_members: bool = False

    def row(self, other: "Field") -> ChangedField | None:
        """What differs from the same field of the newer edition; None if nothing does."""
        if self.value == other.value:
            return None
        if self.words != other.words:
            return ChangedField(self.label, self.words, other.words)
        return ChangedField(self.label, self.apart, other.apart)

    @property
    def apart(self) -> str:
        """The words with what they leave out."""
        return f"{self.words} ({self.exact or self.value})".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOrder(Field):
    """The order of parts. Only those both editions have are compared: it decides nothing.

    ``value``: the keys; ``names``: their words.
    """

    value: tuple[str, ...]
    names: tuple[str, ...]
    words: str = ""
    is_lesser: bool = True

    def row(self, other: Field) -> ChangedField | None:
        """The order before and after; None if it is the same."""
        assert isinstance(other, PartOrder)  # noqa: S101  (a field keeps its class)
        both = set(self.value) & set(other.value)
        old, new = list(self.among(both)), list(other.among(both))
        if [key for key, _ in old] == [key for key, _ in new]:
            return None
        return ChangedField(
            self.label, *("; ".join(name for _, name in each) for each in (old, new))
        )

    def among(self, keys: set[str]) -> Iterator[tuple[str, str]]:
        """These keys and their words, in order."""
        for key, name in zip(self.value, self.names, strict=True):
            if key in keys:
                yield key, name


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPart:
    """One part of one edition.

    ``parent``: the part it is said with when both come or go together. ``twin``: a part of the
    other edition that makes this one no news (a code mapped beside the list that is now in it).
    ``inside``: the questions asked below it, which come and go with it.
    """

    section: EditionSection
    key: ItemKey
    side: Side
    fields: tuple[Field, ...] = ()
    concerns: Concerns = Concerns()
    inside: frozenset[str] = frozenset()
    parent: ItemKey | None = None
    twin: ItemKey | None = None
    is_lesser: bool = False

    @property
    def whole(self) -> Concerns:
        """What it concerns with everything below it."""
        return replace(self.concerns, questions=self.concerns.questions | self.inside)

    def reaches_members(self, other: "ComparedPart") -> bool:
        """Whether something differs that bears on everything inside, such as how many must do."""
        pairs = zip(self.fields, other.fields, strict=True)
        return any(own.is_of_members and own.value != its.value for own, its in pairs)


def text(label: str, value: str, *, is_lesser: bool = False) -> Field:
    """A field that reads as it is stored."""
    return Field(label=label, value=value, words=value, is_lesser=is_lesser)


def flag(label: str, value: bool) -> Field:
    """A field that is yes or no."""
    return Field(label=label, value=value, words="yes" if value else "no")


def number(label: str, value: Decimal | int | None, unit: str = "") -> Field:
    """A number with its unit, or none."""
    if value is None:
        return Field(label=label, value=None, words="")
    words = f"{number_text(Decimal(value))} {unit}".rstrip()
    return Field(label=label, value=value, words=words)


def day(label: str, value: date | None, *, is_lesser: bool = False) -> Field:
    """A day, or none."""
    words = "" if value is None else date_text(value)
    return Field(label=label, value=value, words=words, is_lesser=is_lesser)


def listed(label: str, values: Sequence[str], words: Sequence[str] | None = None) -> Field:
    """Several words in their order; ``words`` where they do not read as they are stored."""
    found = ", ".join(values if words is None else words)
    return Field(label=label, value=tuple(values), words=found, exact=", ".join(values))


def cited(citation: Citation) -> Field:
    """Where the document says so: it moves in every new document."""
    return Field(label="Citation", value=citation, words=citation_text(citation), is_lesser=True)


def lines(value: str) -> str:
    """Lines as they are cited."""
    return citation_text(Citation(value))


def read_out(fields: Sequence[Field]) -> str:
    """Every field that says something: "At most: 400 mg/kg; Counted over: a day"."""
    said = (f for f in fields if f.words and not f.is_lesser and f.words != "no")
    return "; ".join(f"{field.label}: {field.words}" for field in said)
