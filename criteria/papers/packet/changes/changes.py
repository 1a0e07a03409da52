"""What changed from one packet to the next, read from what both of them say.

Pure: two kept contents in, lines of old beside new out. Nothing is left out: a field no kind of row
names is told by its own name, and where only an order or a hidden name differs, that is said.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from criteria.papers.packet.assemble import FIT
from criteria.papers.packet.changed import ChangeGroup, Changes, PacketChange, Values
from criteria.papers.packet.changes import kinds as kinds
from criteria.papers.packet.changes.match import Pair, Row, pairs
from criteria.papers.packet.changes.rows import RowKind, ToldChange, rows_told
from criteria.papers.packet.lines import PacketCriterion
from criteria.requests.content import REPLIES
from criteria.requests.dose.words import is_of_label
from criteria.rules import FindingState

# When and by whom a packet was issued, and what changed in it, is no change of what it says.
NOT_COMPARED = frozenset({"issued_at", "issued_by", "changes"})
SAME = "Nothing changed."
NOT_THE_REQUEST = (
    "Nothing in the request changed. The lines below come from the policy edition, from how it is "
    "read, or from a new attestation."
)
THE_REQUEST = "The request was changed. Old and new values stand side by side."
ORDER = "Only the order of its lines, or how they are named inside, differs."

Content = Mapping[str, Any]
Section = tuple[str, Iterable[ToldChange]]


def changes_since(before: Content, now: Content, *, since: str) -> Changes:
    """What changed between two contents as they are kept with their packets.

    ``since`` names the earlier packet: "packet 1, issued 20 Nov 2026 10:44 EST".
    """
    before, now = _compared(before), _compared(now)
    groups, of_request = _groups(_sections(before, now))
    if not groups:
        return Changes(since=since, sentence=SAME if before == now else f"{SAME} {ORDER}")
    sentence = THE_REQUEST if of_request else NOT_THE_REQUEST
    return Changes(since=since, sentence=sentence, groups=groups)


def _compared(content: Content) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in NOT_COMPARED}


def _groups(sections: Iterable[Section]) -> tuple[tuple[ChangeGroup, ...], bool]:
    """The groups, each change in the first that tells it, and whether the request changed."""
    every = [(title, told) for title, found in sections for told in found]
    of_request = any(told.of_request for _, told in every)
    seen: set[tuple[str, tuple[Values, ...]]] = set()
    kept: dict[str, list[PacketChange]] = {}
    for title, told in every:
        says = (told.change.title, told.change.lines)
        if says not in seen and not (of_request and told.is_worked_out):
            kept.setdefault(title, []).append(told.change)
            seen.add(says)
    return tuple(ChangeGroup(title, tuple(each)) for title, each in kept.items()), of_request


def _sections(before: Content, now: Content) -> Iterator[Section]:
    """Everything a content says, the most telling first."""
    results, asked = _both(before, now, "summary"), _both(before, now, "asked")
    dose = _both(before, now, "dose")
    yield "Overall result", rows_told(kinds.RESULT, [results])
    yield "Asked for", rows_told(kinds.ASKED, [asked])
    yield "Asked for", _facts(*asked)
    yield from _parts(before, now)
    yield "Settled before the criteria", _rows_of(kinds.GATE, before, now, "gates")
    yield "Dose worksheet", rows_told(kinds.DOSE, [dose])
    yield "Dose worksheet", _facts(*dose)
    yield "Dose worksheet", _rows_of(kinds.REGIMEN, *dose, "regimens")
    yield "Dose worksheet", _texts(kinds.COMPUTED_TEXT, *dose, "notes")
    yield "Prior therapies", _rows_of(kinds.THERAPY, before, now, "therapies")
    yield from _baseline(*_both(before, now, "baseline"))
    yield "Patient", rows_told(kinds.PATIENT, [_both(before, now, "patient")])
    for old, new in pairs(_rows(before, "sections"), _rows(now, "sections"), [["title"]]):
        title = str((new or old or {}).get("title", ""))
        # What answered an earlier letter was said then, and is not taken back.
        if new is not None or not title.startswith(REPLIES):
            yield title, _facts(old or {}, new or {})
    yield "Enclosures", _rows_of(kinds.ENCLOSURE, before, now, "enclosures")
    yield "The request", rows_told(kinds.REQUEST, [(before, now)])
    yield "Confirmed when asked again", _texts(kinds.TEXT, before, now, "confirmations")
    yield "Attestation", rows_told(kinds.ATTESTATION, [_both(before, now, "attestation")])
    yield "Not stated yet", _texts(kinds.COMPUTED_TEXT, *results, "missing")
    yield "What would meet the criteria", _texts(kinds.COMPUTED_TEXT, *results, "steps")
    yield "What nobody can change", _texts(kinds.COMPUTED_TEXT, *results, "blocks")
    yield "For the reviewer", _rows_of(kinds.REMARK, before, now, "notes")
    yield "Diagnosis codes", _rows_of(kinds.REMARK, before, now, "code_notes")
    yield "Policy edition", rows_told(kinds.POLICY, [_both(before, now, "policy")])


def _baseline(before: Row, now: Row) -> Iterator[Section]:
    title = "Baseline and today"
    yield title, _rows_of(kinds.APPROVAL, before, now, "approvals")
    for old, new in pairs(_rows(before, "groups"), _rows(now, "groups"), [["title"]]):
        yield title, _rows_of(kinds.BASELINE_ROW, old or {}, new or {}, "rows")


def _both(before: Content, now: Content, key: str) -> tuple[Row, Row]:
    return before.get(key) or {}, now.get(key) or {}


def _rows(content: Content, key: str) -> list[Row]:
    return list(content.get(key) or ())


def _rows_of(kind: RowKind, before: Content, now: Content, key: str) -> Iterator[ToldChange]:
    return rows_told(kind, pairs(_rows(before, key), _rows(now, key), kind.passes))


def _texts(kind: RowKind, before: Content, now: Content, key: str) -> Iterator[ToldChange]:
    old, new = ([{"text": each} for each in content.get(key) or ()] for content in (before, now))
    return rows_told(kind, pairs(old, new, kind.passes))


def _facts(before: Row, now: Row) -> Iterator[ToldChange]:
    for pair in pairs(_rows(before, "facts"), _rows(now, "facts"), kinds.FACT.passes):
        yield from rows_told(_fact(pair), [pair])


def _fact(pair: Pair) -> RowKind:
    label = (pair[1] or pair[0] or {}).get("label")
    if label in kinds.COMPUTED or is_of_label(str(label)):
        return kinds.COMPUTED_FACT
    return kinds.FIT_FACT if label == FIT else kinds.FACT


def _parts(before: Content, now: Content) -> Iterator[Section]:
    for old, new in pairs(_rows(before, "parts"), _rows(now, "parts"), kinds.PART.passes):
        title = str((new or old or {}).get("title", ""))
        yield title, rows_told(kinds.PART, [(old, new)])
        before_, now_ = (list(map(_found, _rows(side or {}, "criteria"))) for side in (old, new))
        yield title, rows_told(kinds.CRITERION, pairs(before_, now_, kinds.CRITERION.passes))


def _found(row: Row) -> dict[str, Any]:
    """A criterion with its finding as the packet prints it, in front of the other fields."""
    said = {key: row[key] for key in ("part", "joins", "needed", "advised") if key in row}
    state = row.get("state", "")
    if state not in list(FindingState):
        return {"finding": state, **row}
    line = PacketCriterion(key="", number="", depth=1, state=FindingState(state), title="", **said)
    return {"finding": line.mark.word, **row}
