"""What the desk sends: for each criterion a verdict, a note, and what they were typed over."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from criteria.actions.reviews.dispositions import DispositionEntry, Place
from criteria.models import Disposition

_FIELD = re.compile(r"(?P<part>verdict|note|seen)-(?P<block>[a-z]+)-(?P<key>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SentView:
    """One criterion as it was sent; ``drawn`` stands for what the form was drawn with."""

    said: DispositionEntry
    drawn: str

    @property
    def is_touched(self) -> bool:
        """Whether the person changed anything of it."""
        return self.drawn != digest(*self.said.words)

    @property
    def token(self) -> str:
        """What it stays drawn over until it is saved, so that a conflict is told again."""
        return _token(self.said.seen, self.drawn)

    def for_newer(self) -> "SentView":
        """The same words for a submission of which nothing was said when they were typed."""
        return SentView(replace(self.said, seen=None), digest("", ""))


def sent_of(post: Mapping[str, str]) -> dict[Place, SentView]:
    """Everything sent, by block and key; names that are none of a criterion are left out.

    The button "overwrite" says that a line is meant to replace what another window saved.
    """
    parts: dict[Place, dict[str, str]] = {}
    for name in post:
        if found := _FIELD.fullmatch(name):
            place = (found["block"], found["key"])
            parts.setdefault(place, {})[found["part"]] = post[name]
    button, _, over = post.get("overwrite", "").partition(" ")
    sent = {place: _sent(place, given) for place, given in parts.items()}
    return {
        place: _over(one, over) if button == field_id(place) else one for place, one in sent.items()
    }


def field_id(place: Place) -> str:
    """What the fields of a criterion are named after: "general-history"."""
    return "-".join(place)


def token_of(stored: Disposition | None) -> str:
    """What a line is drawn with: when it was saved, and a short sum of what it said."""
    if stored is None:
        return _token(None, digest("", ""))
    return _token(stored.at, digest(stored.verdict, stored.note))


def digest(verdict: str, note: str) -> str:
    """A short sum of a verdict and a note."""
    return sha256(f"{verdict}\n{note}".encode()).hexdigest()[:12]


def _token(at: datetime | None, drawn: str) -> str:
    return f"{'' if at is None else at.isoformat()}~{drawn}"


def _sent(place: Place, given: Mapping[str, str]) -> SentView:
    at, _, drawn = given.get("seen", "").partition("~")
    said = DispositionEntry(
        block=place[0],
        key=place[1],
        verdict=given.get("verdict", ""),
        note=given.get("note", "").replace("\r\n", "\n").strip(),
        seen=_moment(at),
    )
    return SentView(said, drawn)


def _over(one: SentView, token: str) -> SentView:
    return SentView(replace(one.said, seen=_moment(token.partition("~")[0])), "")


def _moment(text: str) -> datetime | None:
    """A moment as it was written into the page; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
