"""What every kind of answer must do, whichever kinds there are: a new one is tried by itself."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from criteria.rules import KINDS, Answer, AnswerType, Facts, FindingState, QuestionDefinition
from criteria.rules.json_values import CaseProblemError
from criteria.rules.kinds import AnyKind, judge, kind_of, misfits
from criteria.rules.kinds.base import SAMPLE_DAY, JudgedAnswer
from criteria.rules.kinds.fields import DateBounds, FieldWidget, TypedAnswer
from tests.rules.drawn_kinds import (
    ANCHORS,
    drawn_tests,
    kinds,
    question_of,
    questions,
    stated_tests,
    typed_parts,
)

many = settings(max_examples=400, deadline=None)
KNOWN = DateBounds(latest=SAMPLE_DAY, born=date(1961, 3, 12))
FACTS = Facts(
    answers=dict.fromkeys(ANCHORS, SAMPLE_DAY), request_date=SAMPLE_DAY, therapy_start=SAMPLE_DAY
)
EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=[type.value for type in KINDS])


def test_there_is_one_class_for_each_kind() -> None:
    assert list(KINDS) == list(AnswerType)
    assert all(kind.type is type and kind.test_class.type is type for type, kind in KINDS.items())
    assert len({kind.answer_class for kind in KINDS.values()}) == len(KINDS)


@EVERY
def test_columns_are_its_own_and_every_field_of_the_file_has_one(kind: AnyKind) -> None:
    names = [column.name for row in kind.columns for column in row]
    assert names and max(Counter(names).values()) == 1
    assert set(kind.field_columns.values()) <= set(names)
    assert "passes" in kind.field_columns
    words = (kind.label, kind.asks_for, kind.heading, kind.file_expects, kind.advice)
    assert all(text.strip() for text in words)


@given(st.data())
@many
def test_test_is_judged_and_said(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    question, test = data.draw(questions(kind)), data.draw(drawn_tests(kind))
    required = kind.test_text(test, question, ANCHORS)
    assert required.strip() and not required.endswith(".")
    assert kind.records_text(test, question, required).startswith("records that ")
    for answer in kind.samples(question, [test]):
        state = judge(test, answer, FACTS, question)
        assert state is not FindingState.NOT_APPLICABLE
        assert kind_of(answer) is kind and kind.answer_text(question, answer).strip()
        judged = JudgedAnswer(question, answer, state, FACTS, ANCHORS)
        assert kind.reason_text(test, judged).strip()
        assert kind.off_text(test, question, answer, "Title").strip()


@given(st.data())
@many
def test_samples_stand_on_both_sides_of_what_is_sound(data: st.DataObject) -> None:
    """Below, at and above: something passes, and something does not unless everything does."""
    kind = data.draw(kinds)
    question, test = data.draw(questions(kind)), data.draw(drawn_tests(kind))
    assume(not list(kind.lint(test, question, ("k",), ANCHORS)))
    states = {judge(test, a, FACTS, question) for a in kind.samples(question, [test])}
    passing = states & {FindingState.MET, FindingState.FOR_REVIEWER}
    assert passing or question.whole
    if not kind.has_choices and question.maximum is None and not question.whole:
        assert FindingState.NOT_MET in states


@given(st.data())
@many
def test_answer_of_another_kind_is_refused(data: st.DataObject) -> None:
    kind, other = data.draw(kinds), data.draw(kinds)
    assume(kind is not other)
    wrong = other.samples(question_of(other), [data.draw(drawn_tests(other))])[0]
    with pytest.raises(TypeError, match=kind.type.value):
        judge(data.draw(drawn_tests(kind)), wrong, FACTS, question_of(kind))


@given(st.data())
@many
def test_what_is_typed_is_read_and_typed_again(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    question = data.draw(questions(kind))
    fields = kind.fields(question)
    parts = data.draw(typed_parts(fields))
    typed = TypedAnswer(parts=parts, known=KNOWN)
    answer, wrong = kind.read(question, typed), typed.problems
    known = {field.part for field in fields}
    assert {part.rpartition("-")[0] or part for part in wrong} <= known
    assert all(text.endswith(".") for text in wrong.values())
    assert kind.unfinished_text(typed) == "" or answer is None
    if answer is None or wrong:
        return
    retyped = kind.typed(question, answer)
    lost = {part for part, texts in parts.items() if any(texts)} - retyped.keys()
    assert lost <= {""}, "only the tick that there is none gives way, to rows"
    again = TypedAnswer(parts=retyped, known=KNOWN)
    back = kind.read(question, again)
    assert back is not None and not again.problems
    assert kind.to_json(question, back) == kind.to_json(question, answer)
    assert kind.change(question, answer, question, back).is_same
    assert stated_again(kind, question, answer) in (None, retyped)
    assert kind.carries(question, question, answer)
    assert kind.may_be_restated(answer) in (True, False)
    assert kind_of(kind.without_reasons(answer)) is kind


def stated_again(
    kind: AnyKind, question: QuestionDefinition, answer: Answer
) -> dict[str, list[str]] | None:
    """What is typed for an answer that a file stated; None where no file may state it."""
    try:
        back = kind.from_json(question, kind.to_json(question, answer), SAMPLE_DAY, "k")
    except CaseProblemError:
        return None
    return kind.typed(question, back)


@given(st.data())
@many
def test_json_states_the_same_answer(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    assume(not kind.is_from_request)
    question, test = data.draw(questions(kind)), data.draw(drawn_tests(kind))
    answers = kind.samples(question, [test])
    assume(answers)
    for answer in answers:
        back = kind.from_json(question, kind.to_json(question, answer), date.max, "k")
        assert (back, kind.to_json(question, back)) == (answer, kind.to_json(question, answer))
    assert kind.json_form(question).strip()


@EVERY
@pytest.mark.parametrize("value", [{}, {"x": 1}, [None], [{}], None])
def test_json_of_another_form_is_refused_at_its_place(kind: AnyKind, value: object) -> None:
    question = question_of(kind)
    with pytest.raises(CaseProblemError) as problem:
        kind.from_json(question, value, SAMPLE_DAY, "answers.k")
    assert problem.value.key.startswith("answers.k")


@given(st.data())
@many
def test_test_comes_back_from_its_columns(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    question, stated = data.draw(questions(kind)), data.draw(stated_tests(kind))
    if not kind.fits(stated) or list(misfits(stated, question, ANCHORS)):
        return
    test, columns = kind.test_of(stated), kind.columns_of(stated)
    assert isinstance(test, kind.test_class)
    own = {column.name: column for row in kind.columns for column in row}
    assert columns.keys() <= own.keys()
    values = {name: column.empty for name, column in own.items()} | columns
    again = kind.stated_of(values)
    assert kind.fits(again) and kind.test_of(again) == test


@EVERY
def test_columns_that_say_nothing_state_nothing(kind: AnyKind) -> None:
    values = {column.name: column.empty for row in kind.columns for column in row}
    stated = kind.stated_of(values)
    assert not any(stated.values())


@given(st.data())
@many
def test_field_of_another_kind_misfits(data: st.DataObject) -> None:
    kind, other = data.draw(kinds), data.draw(kinds)
    question = data.draw(questions(kind))
    foreign = sorted(set(other.field_columns) - set(kind.field_columns))
    assume(foreign)
    stated = dict.fromkeys(foreign, "30 days")
    told = {wrong.field: wrong for wrong in misfits(stated, question, ANCHORS)}
    assert told.keys() >= set(foreign)
    assert all(told[field].advice.endswith("leave this empty.") for field in foreign)


@given(st.data())
@many
def test_fields_are_drawn_from_data(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    fields = kind.fields(data.draw(questions(kind)))
    assert bool(fields) is not kind.is_from_request
    parts = [field.part for field in fields]
    assert len(set(parts)) == len(parts) and parts[:1] in ([], [""])
    for field in fields:
        chosen = field.widget in (FieldWidget.RADIO, FieldWidget.SELECT, FieldWidget.TICK)
        assert bool(field.choices) is chosen
        assert field.label or field.part == ""


@EVERY
def test_nothing_typed_is_no_answer_and_no_mistake(kind: AnyKind) -> None:
    typed = TypedAnswer(parts={}, known=KNOWN)
    assert kind.read(question_of(kind), typed) is None
    assert (typed.problems, kind.unfinished_text(typed)) == ({}, "")
