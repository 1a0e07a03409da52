"""What the commercial policy's revision table says of edition 2020D0035AC, as facts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from criteria.policies.difference import (
    ChangeKind,
    EditionChange,
    EditionDifference,
    EditionSection,
)

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "policies"
EARLIER = FOLDER / "earlier" / "uhc-2020D0035AC.yaml"
LATER = FOLDER / "uhc-2021D0035AD.yaml"

# The two documents' own lists, by how a criterion or a question of each reads.
TRIED = ("failure, contraindication or intolerance", "not tolerated?")
TOGETHER = (" alongside (no)", "together with immune globulin?")
LISTED = ("Injection, immune globulin",)

MS = ("Multiple sclerosis, relapsing forms · Initial Therapy",)
NMO = ("Neuromyelitis optica · Initial Therapy",)
NMO_BOTH = (*NMO, "Neuromyelitis optica · Continuation of Therapy")


@dataclass(frozen=True)
class Point:
    """One point of the table: a line of a list that came, or that was said otherwise before.

    ``places``: the sets of criteria the list stands in. ``words``: what names the line now, and
    ``were`` what named it before.
    """

    line: int
    places: tuple[str, ...]
    of: tuple[str, ...]
    words: str
    examples: tuple[str, ...] = ()
    were: str = ""

    def is_told_by(self, change: EditionChange) -> bool:
        """Whether a change says this and nothing else."""
        kind = ChangeKind.CHANGED if self.were else ChangeKind.ADDED
        new = _text(change, new=True)
        return (
            change.kind is kind
            and self.words.lower() in new.lower()
            and self.were.lower() in _text(change, new=False).lower()
            and any(each in new for each in self.of)
        )

    @property
    def told_in(self) -> set[str]:
        """Where it is to be told: in each place, and once of the question all of them ask."""
        return {*self.places, EditionSection.QUESTIONS} if self.places else {EditionSection.HCPCS}


IL6 = ("Actemra (tocilizumab)", "Enspryng (satralizumab-mwge)")
CD19 = ("Uplizna (inebilizumab-cdon)",)
MS_DRUGS = ("Gilenya (fingolimod)", "Tecfidera (dimethyl fumarate)", "Ocrevus (ocrelizumab)")
CD20, SOLIRIS = ("rituximab",), ("Soliris (eculizumab)",)

POINTS = (
    Point(1607, MS, TRIED, "Bafiertam (monomethyl fumarate)"),
    Point(1607, MS, TRIED, "Vumerity (diroximel fumarate)"),
    Point(1607, NMO, TRIED, "Anti-IL6 therapy", IL6),
    Point(1607, NMO, TRIED, "Anti-CD19 therapy", CD19),
    Point(1607, NMO, TRIED, "Anti-CD20 therapy", CD20, were="Rituximab"),
    Point(1607, NMO, TRIED, "Complement inhibitors", SOLIRIS, were="Soliris (eculizumab)"),
    Point(1607, NMO_BOTH, TOGETHER, "disease modifying therapy", MS_DRUGS),
    Point(1607, NMO_BOTH, TOGETHER, "Anti-IL6 therapy", IL6),
    Point(1607, NMO_BOTH, TOGETHER, "Anti-CD19 therapy", CD19),
    Point(1607, NMO_BOTH, TOGETHER, "Anti-CD20 therapy", CD20, were="Rituximab"),
    Point(1607, NMO_BOTH, TOGETHER, "Complement inhibitor", SOLIRIS, were="Soliris (eculizumab)"),
    Point(1610, (), LISTED, "C9072"),
)


@dataclass(frozen=True)
class Told:
    """A difference sorted by the points of the table."""

    by_point: dict[Point, list[EditionChange]]
    left_over: list[EditionChange] = field(default_factory=list)


def told(found: EditionDifference) -> Told:
    """Each substantial change under the one point that it tells."""
    sorted_ = Told({point: [] for point in POINTS})
    for change in found.substantial:
        points = [point for point in POINTS if point.is_told_by(change)]
        (sorted_.by_point[points[0]] if len(points) == 1 else sorted_.left_over).append(change)
    return sorted_


def place_of(change: EditionChange) -> str:
    """The set of criteria, or the section where it stands in none."""
    return change.side.place or change.section


def _text(change: EditionChange, *, new: bool) -> str:
    side = change.new if new else change.old
    return "" if side is None else " ".join(_words(change, new=new))


def _words(change: EditionChange, *, new: bool) -> Iterator[str]:
    side = change.new if new else change.old
    if side is not None:
        yield from (side.name, side.words)
    yield from (row.new if new else row.old for row in change.rows)
