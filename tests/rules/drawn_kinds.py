"""Tests, answers and typed fields of any kind of answer, drawn from what its class declares."""

import types
from collections.abc import Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from criteria.rules import KINDS, AnswerChoice, AnswerType, QuestionDefinition, TimeSpan
from criteria.rules.kinds import AnyKind
from criteria.rules.kinds.base import SAMPLE_DAY
from criteria.rules.kinds.fields import AnswerField
from criteria.rules.kinds.stated import StatedTest
from criteria.rules.names import name_table

# Words that do as the key of a choice or a question, as a code, and as a name.
WORDS = ("E11", "G61.81", "D80.0")
DAYS = [SAMPLE_DAY - timedelta(days=n) for n in (0, 1, 29, 30, 31, 365, 800)]
SPANS = ["30 days", "1 day", "4 weeks", "12 months"]
ANCHORS = {
    key: QuestionDefinition(key=key, wording=f"When was {key}?", type=AnswerType.DATE)
    for key in WORDS
}
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "not_older_than": st.none() | st.sampled_from(SPANS),
    "within": st.none() | st.sampled_from(SPANS),
    "of": st.none() | st.sampled_from([*WORDS, "request_date", "therapy_start"]),
    "after": st.booleans(),
    "reviewer": st.lists(st.sampled_from(WORDS), unique=True),
    "principal": st.booleans(),
}
PASSES = (
    st.none()
    | st.booleans()
    | st.sampled_from([">= 2", "< 2.5", "> 0", "= 7", "<= 400", ">= 1"])
    | st.lists(st.sampled_from(WORDS), unique=True, min_size=1)
    | st.lists(st.sampled_from(["failure", "contraindication", "intolerance"]), unique=True)
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(1, 5),
    Decimal: st.decimals(0, 500, places=1),
    date: st.sampled_from(DAYS),
    str: st.sampled_from(WORDS),
    TimeSpan: st.sampled_from([TimeSpan(days=30), TimeSpan(days=1), TimeSpan(months=12)]),
}
kinds = st.sampled_from([*KINDS.values()])


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type as it is declared."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return st.one_of(*(st.none() if a is type(None) else values_of(a) for a in args))
    if origin is frozenset:
        return st.frozensets(values_of(args[0]), min_size=1)
    if origin is tuple:
        return st.lists(values_of(args[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    hints = {name: each for name, each in get_type_hints(hint).items() if _is_field(hint, name)}
    return st.builds(hint, **{name: values_of(each) for name, each in hints.items()})


def _is_field(owner: Any, name: str) -> bool:
    return name in {each.name for each in fields_of(owner)}


def drawn_tests(kind: AnyKind) -> st.SearchStrategy[Any]:
    """Tests of a kind."""
    return values_of(kind.test_class)


def question_of(kind: AnyKind) -> QuestionDefinition:
    """A plain question of a kind."""
    choices = tuple(AnswerChoice(word, f"The {word}") for word in WORDS)
    return QuestionDefinition(
        key="k", wording="What about it?", type=kind.type, unit="mg/dL", choices=choices
    )


@st.composite
def questions(draw: st.DrawFn, kind: AnyKind) -> QuestionDefinition:
    """A question of a kind, with everything that any kind may need."""
    low, high = draw(st.sampled_from([(None, None), (Decimal(0), Decimal(1000)), (None, None)]))
    return replace(
        question_of(kind),
        unit=draw(st.sampled_from(["mg/dL", "nerves"])),
        other_units=draw(st.sampled_from([(), (("g/L", Decimal(100)),)])),
        minimum=low,
        maximum=high,
        whole=draw(st.booleans()),
        dated=draw(st.booleans()),
        names=name_table(draw(st.sampled_from([(), WORDS]))),
    )


@st.composite
def stated_tests(draw: st.DrawFn, kind: AnyKind) -> StatedTest:
    """What a file may state of a test, whether it fits or not."""
    own = {field for field in kind.field_columns if field != "passes"}
    found = {field: draw(FIELDS.get(field, st.none())) for field in sorted(own)}
    return {"passes": draw(PASSES)} | found


@st.composite
def typed_parts(draw: st.DrawFn, fields: Sequence[AnswerField]) -> dict[str, list[str]]:
    """What somebody may type: answers, slips and nothing."""
    rows = draw(st.integers(0, 3))
    return {
        field.part: [draw(_typed(field)) for _ in range(rows if field.in_rows else 1)]
        for field in fields
    }


def _typed(field: AnswerField) -> st.SearchStrategy[str]:
    offered = [key for key, _ in field.choices]
    texts = ["", *WORDS, "2", "400", "2.5", "-1", "heavy", *(day.isoformat() for day in DAYS)]
    return st.sampled_from(offered * 3 + ["", "nonsense"] if offered else texts)
