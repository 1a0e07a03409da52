"""What no person types, and every address of issue 5 that takes something typed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from criteria.models import DecisionClock
from tests.factories import people
from tests.factories.people import paula
from tests.screens.review.reviewed import rhea
from tests.screens.review.scene import Scene

# Numbers no column holds, days no calendar has, signs no database keeps, ways out of a folder.
NASTY = (
    *("", " ", "\u200b", "\0", "a\0b", "\ufffe\uffff", "²", "٣", "x" * 5_000),
    *("-1", "0", "13", "1e9", "1e400", "NaN", "-Infinity", "9" * 12, "9" * 19, "9" * 5_000),
    *("0001-01-01", "9999-12-31", "2026-13-01"),
    *("a999999999999999999-999999999999999999", "b0-1", "a1-9223372036854775808"),
    "0001-01-01T00:00:00+23:59~abc",
    "9999-12-31T23:59:59-23:59~abc",
    *("../../x", '"><script>', "=1+1", "[]", "{}"),
)
PARTS = ('Content-Disposition: form-data; name="text"', "", "+2AA-", "--x--", "")
MULTIPART = "--x\r\n" + "\r\n".join(PARTS)
# Content type and body.
BODIES = (
    ("application/json", b'{"submission": [1]}'),
    ("text/plain", b"\0\xff"),
    ("", b"a=b"),
    ("application/x-www-form-urlencoded", b"text=%ff%fe%00&note=%ed%a0%80&=&&%"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
)
CHARSETS = ("utf-7", "utf-16", "rot13", "idna", "base64", "unicode_escape", "latin-1")

CLINICAL = ("q-history_physical", "weight", "weight_on", "dose", "courses", "months", "product")
LETTER = (
    *(
        "do",
        "text",
        "documents",
        "as_asked",
        "grams",
        "days",
        "interval_days",
        "monthly",
        "courses",
        "marked",
    ),
    *("months", "starts_on", "reason", "confirm", "criteria", "submission", "revision"),
    "overwrite",
)
LIST = ("state", "due", "held", "urgency", "line", "indication", "finding", "mark", "q")
FIGURES = ("period", "first", "last", "line", "indication")
LINE = "criteria-cidp_mdl_nerves"
DESK = (
    *("submission", "overwrite", "leave", "accept-met", "encl", "page", "line"),
    *(f"{part}-{LINE}" for part in ("verdict", "note", "seen")),
    *("verdict-general-history_physical", "note-criteria-no_such", "verdict-x-y", "note--"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address with the fields it knows, and who may use it.

    ``more``: parts of the address beside the number; ``of``: which number of the scene, or none.
    """

    who: Any
    name: str
    fields: tuple[str, ...] = ()
    of: str = "submitted"
    more: tuple[Any, ...] = ()

    def url(self, stored: Scene) -> str:
        """Where it is."""
        number = [getattr(stored, self.of)] if self.of else []
        more = (DecisionClock.objects.values_list("pk", flat=True)[0],) if self.is_clock else ()
        return reverse(self.name, args=[*number, *self.more, *more])

    @property
    def is_clock(self) -> bool:
        """Whether it is about a stored clock."""
        return self.name == "admin:criteria_decisionclock_change"


CLOCK = ("line_of_business", "urgency", "amount", "unit", "_save")
POSTED = {
    "disposition": Target(rhea, "review:disposition", DESK),
    "take": Target(rhea, "review:take", ("over",)),
    "assign": Target(rhea, "review:assign", ("to",)),
    "release": Target(rhea, "review:release"),
    "go on": Target(rhea, "review:go-on"),
    "ask": Target(rhea, "review:letter", LETTER, more=("information",)),
    "approve": Target(rhea, "review:letter", LETTER, more=("approval",)),
    "deny": Target(rhea, "review:letter", LETTER, more=("denial",)),
    "send": Target(rhea, "review:letter-send", ("seen",), more=("approval",)),
    "search": Target(rhea, "review:worklist-search", LIST, of=""),
    "zip": Target(rhea, "packet:zip", ("number",), of=""),
    "zip of a list": Target(rhea, "packet:zip", ("all", *LIST), of=""),
    "verify": Target(rhea, "verify:verify", ("by", "code", "file"), of=""),
    "renew": Target(people.prescriber, "wizard:renew", ("all_the_same",)),
    "compare": Target(people.prescriber, "wizard:compare", ("policy", "press"), of="draft"),
    "enclose": Target(
        people.prescriber, "wizard:enclosure-add", ("title", "dated", "file", "whole"), of="draft"
    ),
    "dose": Target(
        *(people.prescriber, "wizard:page", ("revision", "tab", *CLINICAL)),
        of="draft",
        more=("dose",),
    ),
    "patient": Target(
        *(people.prescriber, "wizard:page", ("tab", "revision", "born", "last_name")),
        of="draft",
        more=("patient",),
    ),
    "submit": Target(
        people.prescriber, "wizard:submit", ("attest", "signer", "revision"), of="draft"
    ),
    "new": Target(
        people.prescriber, "wizard:new", ("line_of_business", "phase", "request_date"), of=""
    ),
    "clock": Target(paula, "admin:criteria_decisionclock_add", CLOCK, of=""),
    "clock changed": Target(paula, "admin:criteria_decisionclock_change", CLOCK, of=""),
}
READ = {
    "desk": Target(rhea, "review:request", ("encl", "page", "line")),
    "worklist": Target(rhea, "review:worklist", LIST, of=""),
    "figures": Target(rhea, "review:figures", FIGURES, of=""),
    "figure": Target(rhea, "review:figure-csv", FIGURES, of="", more=("weeks",)),
    "trail": Target(rhea, "review:trail", ("before",)),
    "ending": Target(rhea, "review:ending", ("days", "page"), of=""),
    "picture": Target(rhea, "wizard:enclosure-page", ("width",), more=("A", 1)),
    "requests": Target(people.prescriber, "wizard:requests", ("q", "page"), of=""),
    "own ending": Target(people.prescriber, "wizard:ending", ("days", "page"), of=""),
}
