"""The three letters, word for word where it matters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from criteria.papers.letters.compose import approval_text, denial_text, information_text
from criteria.papers.letters.content import DOCUMENT, LetterItem
from criteria.papers.letters.given import Given
from criteria.papers.letters.items import items_of
from criteria.papers.letters.terms import terms_of
from criteria.requests.dispositions.gates import GATE
from criteria.rules import NumberAnswer
from tests.helpers.papers.letters import BASIS
from tests.papers.packet.contents import ANSWERS, DATA, found

FEW = found(answers=ANSWERS | {"nerves": NumberAnswer(Decimal(1)), "block": False})


def item(key: str, note: str = "", **changes: object) -> LetterItem:
    """A criterion of a request with too few nerves."""
    every = items_of(FEW, DATA.evidence)
    one = next(i for i in every if i.key == key)
    return replace(one, note=note, **changes)  # type: ignore[arg-type]


def test_each_thing_asked_says_what_was_stated_and_what_is_needed() -> None:
    text = information_text(BASIS, [item("nerves", "Please send all pages.")])
    assert (
        "1.1 Prolonged latency\n"
        "- Stated: 1 nerve\n"
        "- Needed: 2 or more nerves\n"
        "- Named in the records: EMG report, encl. B, p. 2\n"
        "- The reviewer's note: Please send all pages.\n"
        "- Policy: Nerve disease, initial, line 12\n"
    ) in text
    assert "R-2026-00042" in text
    assert "Nothing is decided yet." in text


def test_what_the_records_do_not_name_is_asked_for() -> None:
    assert "name the document and the page" in information_text(BASIS, [item("drugs")])


def test_a_group_says_what_would_meet_it() -> None:
    text = information_text(BASIS, [item("findings")])
    assert "1 The group findings" in text
    assert "Prolonged latency: 1 nerve" in text
    assert "What would meet it: " in text


def test_documents_stand_under_a_heading_of_their_own() -> None:
    text = information_text(
        BASIS, [LetterItem(block=DOCUMENT, key="document-1", title="EMG of 2026")]
    )
    assert "Documents we ask for:\n\n- EMG of 2026" in text
    assert "What we ask for:" not in text


def test_a_note_of_several_lines_stays_in_its_list() -> None:
    text = information_text(BASIS, [item("nerves", "One.\n\n- Two.")])
    assert "- The reviewer's note: One. - Two.\n" in text


def test_a_second_submission_is_named() -> None:
    assert "(submission 2)" in information_text(replace(BASIS, submission=2), [])


def test_an_approval_with_a_lower_dose_says_what_differs_and_why() -> None:
    given = Given(
        as_asked=False,
        months=3,
        starts_on=date(2026, 11, 20),
        grams=Decimal(120),
        days=5,
        interval_days=28,
        courses=3,
    )
    terms = terms_of(found(), given, product="Gamma 10 %", dose="139.5 g")
    text = approval_text(BASIS, terms, "Begin lower.\nThen see.")
    assert "is approved from 20 Nov 2026 to 19 Feb 2027." in text
    assert "- Asked for: Gamma 10 %, 139.5 g\n- Dose: 120 g in each course instead of" in text
    assert "Reason:\n\nBegin lower.\nThen see." in text
    assert "- Last day: 19 Feb 2027 (3 months)" in text
    assert "- 2,000 mg/kg a month, line 18" in text


def test_an_approval_whose_terms_cannot_be_read_is_still_a_text() -> None:
    text = approval_text(BASIS, None, "")
    assert text.startswith("The request R-2026-00042, received 20 Nov 2026, is approved.")
    assert "None" not in text


def test_a_denial_says_what_it_rests_on_and_what_would_change_it() -> None:
    rests_on = [item("nerves", "One is not enough."), item("block"), item("findings")]
    text = denial_text(BASIS, rests_on, "Too few findings.")
    assert "Reason:\n\nToo few findings." in text
    assert "- Why it is not accepted: One is not enough.\n" in text
    assert "- What would change it: records that show 2 or more nerves" in text
    assert "- What would change it: records that show it\n" in f"{text}\n"
    assert "- What would change it: one of: " in text
    assert "A new request can be sent at any time." in text
    assert "appeal" in text


def test_what_is_met_and_not_accepted_asks_for_what_the_note_asks() -> None:
    met = next(i for i in items_of(found(), DATA.evidence) if i.key == "nerves")
    text = denial_text(BASIS, [replace(met, note="Page 2 is of another patient.")], "It is not so.")
    assert "- Why it is not accepted: Page 2 is of another patient.\n" in text
    assert "- What would change it: records that answer this note" in text
    assert "records that show" not in text


def test_a_denial_may_rest_on_a_gate() -> None:
    gate = LetterItem(block=GATE, key="product", title="Product", answered="It is excluded.")
    text = denial_text(BASIS, [gate], "Excluded.")
    assert "Product\n- Found: It is excluded.\n" in text


def test_the_patient_is_named_in_no_text() -> None:
    """The letter prints the patient beside it, where nobody edits it."""
    for text in (
        information_text(BASIS, [item("nerves")]),
        approval_text(BASIS, None, "x"),
        denial_text(BASIS, [item("nerves")], "x"),
    ):
        assert "Doe" not in text
