from criteria.models import Block
from criteria.papers.packet.lines import PacketCriterion, PacketEvidence
from criteria.requests.case_files.parse import ParsedCase
from criteria.requests.case_files.report import report
from criteria.rules import FindingState
from criteria.rules.explain import outline
from tests.papers.packet.contents import CASE, complete, draft, forty, found, not_meeting
from tests.papers.packet.edition import EDITION, NERVE


def lines() -> dict[str, PacketCriterion]:
    return {line.number: line for line in complete().parts[1].criteria}


def test_every_criterion_is_printed_in_the_order_and_numbers_of_the_outline() -> None:
    printed = [line.number for line in complete().parts[1].criteria]
    assert printed == [line.number for line in outline(NERVE.criteria)[1:]]


def test_each_line_is_named_as_the_report_of_the_same_request_names_it() -> None:
    parsed = ParsedCase(case=CASE, edition=EDITION)
    reported = {(f["block"], f["key"], f["number"]) for f in report(parsed, found())["findings"]}
    printed = {(part.block, x.key, x.number) for part in complete().parts for x in part.criteria}
    assert printed <= reported
    assert {part.block for part in complete().parts} == {Block.GENERAL, Block.CRITERIA}


def test_a_leaf_says_question_answer_requirement_citation_and_evidence() -> None:
    assert lines()["1.1"] == PacketCriterion(
        key="nerves",
        number="1.1",
        depth=2,
        state=FindingState.MET,
        title="Prolonged latency",
        question="In how many nerves is the latency prolonged?",
        answer="2 nerves",
        required="2 or more nerves",
        citation="line 12",
        evidence=PacketEvidence("EMG report", "Encl. B p. 2"),
    )


def test_a_group_says_how_it_is_joined_and_how_far_it_is() -> None:
    line = lines()["1"]
    assert (line.joins, line.citation) == ("At least 1 of these 2 · 1 met", "lines 12-14")


def test_a_criterion_not_answered_in_a_satisfied_group_is_not_needed() -> None:
    line = lines()["1.2"]
    assert (line.state, line.needed) == (FindingState.NOT_ANSWERED, False)
    assert (line.mark.sign, line.mark.word) == ("–", "not needed")


def test_a_criterion_not_answered_under_a_failing_tree_stays_open() -> None:
    number = {line.number: line for line in forty().parts[1].criteria}["1.1"]
    assert (number.state, number.needed) == (FindingState.NOT_ANSWERED, True)


def test_a_dated_number_counts_its_days() -> None:
    assert lines()["2"].reason == "day 19 of 30, valid until 1 Dec 2026"


def test_a_switched_off_criterion_names_the_condition() -> None:
    condition, then = lines()["3a"], lines()["3.1"]
    assert (condition.part, condition.answer) == ("If", "No")
    mark = condition.mark
    assert (mark.sign, mark.word) == ("–", "not applicable"), "a condition is nobody's failure"
    assert (condition.required, condition.reason) == ("yes", "")
    assert then.part == "Then"
    assert then.state is FindingState.NOT_APPLICABLE
    assert then.reason == "does not apply: The fact long_term: No"


def test_a_failed_criterion_says_why() -> None:
    failed = {line.number: line for line in not_meeting().parts[1].criteria}
    assert failed["1.1"].reason == "1 where 2 or more nerves are needed"
    assert failed["2"].reason == "50 days old: the policy accepts 30"


def test_the_dose_points_to_its_worksheet() -> None:
    assert lines()["6"].reason == "the dose is within the policy's limit, see the dose worksheet"


def test_an_unanswered_request_prints_the_same_lines() -> None:
    assert len(draft().parts[1].criteria) == len(complete().parts[1].criteria)
    assert len(forty().parts[1].criteria) == 48


def test_a_section_of_its_own_is_named() -> None:
    general = complete().parts[0]
    assert general.citation == "General, lines 89-94"
    assert [line.citation for line in general.criteria] == ["line 92", "line 93"]
    assert EDITION.general
