"""Random small trees with known leaf verdicts, and an independent reading of what they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import count, product
from typing import Any

from hypothesis import strategies as st

from criteria.rules import (
    Answer,
    CodesAnswer,
    CriteriaGroup,
    DoseLeaf,
    Facts,
    FindingState,
    Leaf,
    ListAnswer,
    Node,
    TherapyAnswer,
    TherapyOutcome,
    TimeSpan,
    When,
)
from tests.rules import build
from tests.rules.build import TODAY, figure, stated


class Verdict(Enum):
    """What a leaf is, by construction. OPEN: unanswered, or a date it needs is missing."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"
    JUDGED = "judged"


PASS, FAIL, OPEN, JUDGED = Verdict
Given = Mapping[str, Answer]
DOSE = {
    PASS: FindingState.MET,
    FAIL: FindingState.NOT_MET,
    OPEN: FindingState.NOT_ANSWERED,
    JUDGED: FindingState.FOR_REVIEWER,
}
KINDS = (
    "yes",
    "no",
    "number",
    "dated",
    "recent",
    "anchored",
    "after",
    "choice",
    "therapy",
    "list",
    "codes",
    "principal",
)


@dataclass(frozen=True)
class Sample:
    """A tree and a verdict for every leaf, with an index into the answers that give it."""

    tree: Node
    verdicts: Mapping[str, Verdict]
    variants: Mapping[str, int]

    def facts(self, changed: Mapping[str, Verdict] | None = None) -> Facts:
        """Facts that give these verdicts, some of them changed."""
        answers: dict[str, Answer] = {}
        dose = FindingState.NOT_ANSWERED
        for key, verdict in (dict(self.verdicts) | dict(changed or {})).items():
            if key == "dose":
                dose = DOSE[verdict]
                continue
            options = answers_for(key)[verdict]
            kept = key not in (changed or {})
            answers |= options[self.variants[key] % len(options) if kept else 0]
        return Facts(answers=answers, request_date=TODAY, dose=dose)

    def keys(self, *verdicts: Verdict) -> list[str]:
        """The leaves with one of these verdicts."""
        return [key for key, verdict in self.verdicts.items() if verdict in verdicts]

    def truth(self, values: Mapping[str, bool]) -> bool:
        """Whether the tree holds, read as plain logic."""
        return holds(self.tree, values)

    def completions(self, keys: list[str]) -> Iterator[dict[str, bool]]:
        """Every way the open leaves among ``keys`` can come out, beside the known ones."""
        known = {k: v is PASS for k, v in self.verdicts.items() if v in (PASS, FAIL)}
        for values in product((True, False), repeat=len(keys)):
            yield known | dict(zip(keys, values, strict=True))


def holds(node: Node, values: Mapping[str, bool]) -> bool:
    """Two-valued meaning of a tree, written without looking at the package's."""
    if isinstance(node, Leaf | DoseLeaf):
        return values[node.key]
    if isinstance(node, When):
        if holds(node.condition, values):
            return holds(node.then, values)
        return node.otherwise is None or holds(node.otherwise, values)
    true = [holds(member, values) for member in node.members].count(True)
    return true >= {"all": len(node.members), "any": 1, "at_least": node.n}[node.kind.value]


def leaf_of(key: str) -> Leaf | DoseLeaf:
    """The leaf for a key such as "dated-3"."""
    match key.partition("-")[0]:
        case "dose":
            return build.dose()
        case "yes":
            return build.yes(key)
        case "no":
            return build.yes(key, passes=False)
        case "number":
            return build.number(key, ">=", 2)
        case "dated":
            return build.number(key, "<", 50, days=30)
        case "recent":
            return build.day(key, TimeSpan(days=28))
        case "anchored":
            return build.day(key, TimeSpan(days=100), f"{key}-anchor")
        case "after":
            return build.day(key, TimeSpan(months=12), f"{key}-anchor", after=True)
        case "choice":
            return build.choice(key, "a", "c")
        case "therapy":
            return build.therapy(key)
        case "codes":
            return build.coded(key, "E11", "G61.81")
        case "principal":
            return build.coded(key, "E11", "G61.81", principal=True)
        case _:
            return build.listed(key, 2)


Said = tuple[list[Given], list[Given], list[Given]]


def answers_for(key: str) -> dict[Verdict, list[Given]]:
    """Answers that give each verdict; the first to PASS and FAIL only add to those of OPEN."""
    kind = key.partition("-")[0]
    dates = kind in ("dated", "recent", "anchored", "after")
    passing, failing, partial = (dated_answers if dates else plain_answers)(kind, key)
    judged = given(key, "c") if kind == "choice" else []
    return {PASS: passing, FAIL: failing, OPEN: [{}, *partial], JUDGED: judged}


def given(key: str, *answers: Answer) -> list[Given]:
    """Each answer by itself."""
    return [{key: answer} for answer in answers]


def ago(days: int) -> Any:
    """So many days before the request."""
    return TODAY - timedelta(days=days)


def dated_answers(kind: str, key: str) -> Said:
    """Answers that pass, fail and leave it open, of a leaf that counts days."""
    anchor = f"{key}-anchor"
    table: dict[str, Said] = {
        "dated": (
            given(key, figure(49, ago(30)), figure("49.9", TODAY)),
            given(key, figure(49, ago(31)), figure(50, TODAY), figure(50), figure(49, ago(-1))),
            given(key, figure(49)),
        ),
        "recent": (given(key, ago(28), TODAY), given(key, ago(29), ago(-1)), []),
        "anchored": (
            [{key: ago(200), anchor: ago(100)}, {key: ago(9), anchor: ago(9)}],
            [{key: ago(200), anchor: ago(99)}, {key: ago(9), anchor: ago(10)}],
            [{key: ago(200)}],
        ),
        "after": (
            [{key: ago(0), anchor: TODAY.replace(year=2020)}],
            [{key: ago(0), anchor: TODAY.replace(year=2020, day=29)}],
            [{key: ago(0)}],
        ),
    }
    return table[kind]


def plain_answers(kind: str, key: str) -> Said:
    """Answers that pass, fail and leave it open, of any other leaf."""
    passing, failing, partial = PLAIN[kind]
    return given(key, *passing), given(key, *failing), given(key, *partial)


FAILED, RULED_OUT, INTOLERANT, UNTRIED = map(TherapyAnswer, TherapyOutcome)
PLAIN: dict[str, tuple[list[Answer], list[Answer], list[Answer]]] = {
    "yes": ([True], [False], []),
    "no": ([False], [True], []),
    "number": ([figure(2), figure("2.5")], [figure(1), figure("1.99")], []),
    "choice": (["a"], ["b"], []),
    "therapy": ([FAILED, RULED_OUT, INTOLERANT], [UNTRIED], []),
    "codes": (
        [stated("E11.9"), stated("B20", "G61.81"), stated("E11")],
        [stated("E1"), stated("G61.8", "E10.9"), stated("G61.82")],
        [CodesAnswer((), "")],
    ),
    "principal": (
        [stated("E11.9", "B20"), stated("B20", "G61.81", rests_on="G61.81")],
        [stated("B20", "G61.81"), stated("G61.81", rests_on=""), CodesAnswer((), "")],
        [],
    ),
    "list": (
        [ListAnswer(stated_count=2), ListAnswer((FAILED,) * 2)],
        [ListAnswer(stated_count=1), ListAnswer((FAILED,)), ListAnswer()],
        [],
    ),
}


@st.composite
def samples(draw: st.DrawFn, max_leaves: int = 6) -> Sample:
    """A tree in which every leaf asks another question."""
    numbers, budget = count(), [max_leaves]
    tree = _node(draw, numbers, budget, depth=3)
    verdicts, variants = {}, {}
    for key in leaf_keys(tree):
        judged = key == "dose" or key.startswith("choice")
        verdicts[key] = draw(st.sampled_from([PASS, FAIL, OPEN, OPEN, *([JUDGED] * judged)]))
        variants[key] = draw(st.integers(0, 3))
    return Sample(tree, verdicts, variants)


def leaf_keys(node: Node) -> list[str]:
    """The keys of the leaves in tree order."""
    if isinstance(node, When):
        parts = [node.condition, node.then, *([node.otherwise] if node.otherwise else [])]
        return [key for part in parts for key in leaf_keys(part)]
    if isinstance(node, CriteriaGroup):
        return [key for member in node.members for key in leaf_keys(member)]
    return [node.key]


def _node(draw: st.DrawFn, numbers: Iterator[int], budget: list[int], depth: int) -> Node:
    kind = draw(st.sampled_from(["leaf", "group", "group", "when"])) if depth else "leaf"
    if kind == "leaf" or budget[0] < 2:
        return _leaf(draw, numbers, budget)
    key = f"{kind}-{next(numbers)}"
    if kind == "when":
        parts = [_node(draw, numbers, budget, depth - 1) for _ in range(draw(st.integers(2, 3)))]
        return build.when(parts[0], parts[1], parts[2] if len(parts) > 2 else None, key)
    size = draw(st.integers(1, 4))
    members = [_node(draw, numbers, budget, depth - 1) for _ in range(size) if budget[0] > 0]
    members = members or [_leaf(draw, numbers, budget)]
    match draw(st.sampled_from(["every", "any", "at least"])):
        case "every":
            return build.every(*members, key=key)
        case "any":
            return build.any_of(*members, key=key)
    return build.at_least(draw(st.integers(0, len(members))), *members, key=key)


def _leaf(draw: st.DrawFn, numbers: Iterator[int], budget: list[int]) -> Leaf | DoseLeaf:
    budget[0] -= 1
    first = next(numbers)
    if draw(st.integers(0, 9)) == 0 and first == 1:
        return build.dose()
    return leaf_of(f"{draw(st.sampled_from(KINDS))}-{first}")
