"""What the practice sees of letters: what is asked, where it is answered, and each round."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from criteria.actions.reviews.hold import take_request
from criteria.models import Packet, Submission
from tests.factories import people
from tests.factories.people import rhea
from tests.helpers.wizard.attest import attest
from tests.screens.review.editions import publish_newer
from tests.screens.review.reviewed import APPROVAL, DENIAL, INFORMATION, Desk, accept_all, say
from tests.screens.wizard.conftest import Walker, soup_of

NOTE = "All pages of the report, please."
ASK = {
    "cidp_mdl_nerves": ("ask", NOTE),
    "polyradiculoneuropathy": ("ask", "Which limbs?"),
    "dose": ("ask", "Why every 4 weeks?"),
}


@pytest.fixture
def asked(ready: Walker) -> Walker:
    """Ann's request, submitted, and asked about."""
    ready.client.post(ready.url("submit"), attest(ready))
    ask(ready, documents="EMG of 2026", **ASK)
    return ready


def desk_of(walker: Walker) -> Desk:
    """Rhea at the same request, with a browser of her own."""
    client = Client()
    client.force_login(rhea())
    take_request(request=walker.request, by=rhea())
    return Desk(client, walker.request)


def ask(walker: Walker, documents: str = "", **verdicts: tuple[str, str]) -> None:
    desk = desk_of(walker)
    say(walker.request, **verdicts)
    desk.post(INFORMATION, "send", documents=documents)
    assert desk.send(INFORMATION).status_code == 302


def listed(walker: Walker) -> list[tuple[str, str, str]]:
    """Each thing asked: what, where its link leads, and its state."""
    rows = walker.soup().select(".asked-list li")
    return [
        (
            row.select_one("a").get_text(),
            row.select_one("a")["href"].removeprefix(f"/requests/{walker.number}/"),
            row.select_one(".state").get_text(" ", strip=True),
        )
        for row in rows
    ]


def test_each_thing_asked_leads_to_its_field(asked: Walker) -> None:
    assert listed(asked) == [
        (
            "1.3 Symptomatic polyradiculoneuropathy",
            "criteria-polyradiculoneuropathy/#id_q-cidp_impairment",
            "! to answer",
        ),
        (
            "1.4.1 Prolonged motor distal latency",
            "criteria-electrodiagnostic/#id_q-cidp_mdl_nerves",
            "! to answer",
        ),
        ("3 Dose of IVIG", "dose/#id_dose", "! to answer"),
        ("EMG of 2026", "enclosures/", "! to answer"),
    ]


def test_the_same_words_stand_beside_the_question(asked: Walker) -> None:
    beside = asked.soup("criteria-electrodiagnostic").select_one("#id_q-cidp_mdl_nerves .wanted")
    assert NOTE in beside.get_text()
    assert "a reviewer asks about this" in beside.get_text()
    for slug, words in (("dose", "Why every 4 weeks?"), ("enclosures", "EMG of 2026")):
        assert words in asked.soup(slug).select_one(".wanted").get_text()
    assert not asked.soup("patient").select(".wanted")


def test_what_was_changed_since_is_marked(asked: Walker) -> None:
    asked.post("criteria-electrodiagnostic", **{"q-cidp_mdl_nerves-source": "EMG report"})
    asked.post("dose", courses="5")
    asked.client.post(asked.url("enclosures/add"), {"title": "EMG of 2026"})
    states = {what: state for what, _, state in listed(asked)}
    assert states["1.4.1 Prolonged motor distal latency"] == "✓ changed since"
    assert states["3 Dose of IVIG"] == "✓ changed since"
    assert states["EMG of 2026"] == "✓ changed since"
    assert states["1.3 Symptomatic polyradiculoneuropathy"] == "! to answer"
    assert "1 of 4 still to answer" in asked.soup().select_one(".asked-list").get_text()


def fields_of_reply(walker: Walker) -> dict[str, str]:
    """The name of each field of the page of answers, by its label."""
    found = walker.soup("reply").select("label[for^=id_reply]")
    return {label.get_text(" ", strip=True): label["for"].removeprefix("id_") for label in found}


def test_each_document_is_answered_on_its_own(ready: Walker) -> None:
    ready.client.post(ready.url("submit"), attest(ready))
    ask(ready, documents="Infusion record\nINCAT sheet\nLetter of neurology")
    ready.client.post(ready.url("enclosures/add"), {"title": "infusion  RECORD"})
    states = {what: state for what, _, state in listed(ready)}
    assert states == {
        "Infusion record": "✓ changed since",
        "INCAT sheet": "! to answer",
        "Letter of neurology": "! to answer",
    }
    names = fields_of_reply(ready)
    encl = next(n for label, n in names.items() if "INCAT" in label and n.endswith("-encl"))
    words = next(n for label, n in names.items() if "Letter" in label and "answer" in label)
    letter = ready.draft.letters[-1]
    ready.post("reply", **{encl: letter, words: "There is none: seen by telephone."})
    states = {what: state for what, _, state in listed(ready)}
    assert states["INCAT sheet"] == "✓ changed since"
    assert states["Letter of neurology"] == "✓ answered"
    assert "3 of 3" not in ready.soup().get_text()


@pytest.fixture
def partly(ready: Walker) -> Walker:
    """Four things asked: one enclosed by its title, one answered in words, one changed, one not."""
    ready.client.post(ready.url("submit"), attest(ready))
    ask(ready, documents="Infusion record\nINCAT sheet\nLetter of neurology", **DOSE)
    ready.client.post(ready.url("enclosures/add"), {"title": "infusion  RECORD"})
    ready.post("dose", courses="5")
    words = next(n for label, n in fields_of_reply(ready).items() if "Letter of" in label)
    if words.endswith("-encl"):
        words = words.removesuffix("-encl")
    ready.post("reply", **{words: "There is none."})
    return ready


DOSE = {"dose": ("ask", "Why every 4 weeks?")}
ANSWERED = {
    "3 Dose of IVIG": "changed in its place",
    "Infusion record": "enclosure B",
    "INCAT sheet": "not answered",
    "Letter of neurology": "There is none.",
}


def test_reply_page_names_the_enclosure_of_that_title(partly: Walker) -> None:
    boxes = partly.soup("reply").select("select[name$=-encl]")
    first = [box.select_one("option").get_text() for box in boxes]
    assert first == ["By its title: B, infusion RECORD", "None of them yet", "None of them yet"]


@pytest.mark.parametrize("slug", ["check", "submit"])
def test_what_is_not_answered_is_named_before_it_is_sent(partly: Walker, slug: str) -> None:
    said = partly.soup(slug).select_one(".open-questions")
    words = " ".join(said.get_text(" ").split())
    assert "1 of 4 that the reviewer asks for is not answered" in words
    assert "INCAT sheet" in words
    assert "Infusion record" not in words
    assert len(said.select("a")) == 2
    box = next(n for label, n in fields_of_reply(partly).items() if "INCAT" in label)
    partly.post("reply", **{box.removesuffix("-encl"): "Not done."})
    assert not partly.soup(slug).select(".open-questions")


def test_what_is_not_answered_hinders_nothing(partly: Walker) -> None:
    partly.client.post(partly.url("submit"), attest(partly))
    assert partly.request.status == "submitted"
    assert not partly.soup("check").select(".open-questions")


def replies_told(walker: Walker) -> list[tuple[str, str, str]]:
    """What the desk and page 1 of the packet tell of the answers: one row for each thing asked."""
    packet = Packet.objects.filter(request=walker.request).latest("sequence")
    groups = packet.content["changes"]["groups"]
    printed = [
        (change["title"], line["before"], line["now"])
        for group in groups
        if group["title"].startswith("Answers to the reviewer")
        for change in group["changes"]
        for line in change["lines"]
    ]
    client = Client()
    client.force_login(rhea())
    desk = soup_of(client.get(f"/review/{walker.number}/"))
    for title, _, now in printed:
        row = next(
            row
            for row in desk.select(".desk-latest tbody tr")
            if row.select("td") and row.select_one("th").get_text(strip=True) == title
        )
        assert row.select("td")[1].get_text() == now
        assert row.select_one("a")["href"] == "#replies"
    return printed


def test_one_row_tells_what_came_of_each_thing_asked(partly: Walker) -> None:
    partly.client.post(partly.url("submit"), attest(partly))
    assert replies_told(partly) == [(title, "", said) for title, said in ANSWERED.items()]


def test_judging_it_anew_keeps_the_answers(partly: Walker) -> None:
    """The edition is another, the answers are not: nothing of them is told as changed."""
    partly.client.post(partly.url("submit"), attest(partly))
    version = publish_newer()
    client = Client()
    client.force_login(rhea())
    sent = {"reason": "It rules now.", "version": version.pk, "submission": 2}
    assert client.post(f"/review/{partly.number}/edition/", sent).status_code == 302
    rows = Submission.objects.filter(request=partly.request).order_by("number")
    *_, before, after = ([s for s in r.content["sections"] if s["key"] == "reply"] for r in rows)
    assert before == after != []
    latest, answered = soup_of(client.get(f"/review/{partly.number}/")).select(".desk-latest")
    assert "INCAT sheet" not in latest.get_text()
    assert "INCAT sheet" in answered.get_text()


def test_what_answered_an_earlier_letter_is_not_told_as_taken_back(partly: Walker) -> None:
    partly.client.post(partly.url("submit"), attest(partly))
    desk = Desk(Client(), partly.request)
    desk.client.force_login(rhea())
    desk.post(INFORMATION, "send", documents="INCAT sheet")
    assert desk.send(INFORMATION).status_code == 302
    partly.client.post(partly.url("submit"), attest(partly))
    assert replies_told(partly) == [("INCAT sheet", "", "not answered")]


def test_blank_words_answer_nothing(asked: Walker) -> None:
    words = next(n for n in fields_of_reply(asked).values() if not n.endswith("-encl"))
    asked.post("reply", **{words: " .\n-"})
    assert {state for *_, state in listed(asked)} == {"! to answer"}


def test_an_answer_in_words_is_read_at_the_desk_and_in_the_packet(asked: Walker) -> None:
    names = fields_of_reply(asked)
    name = next(n for label, n in names.items() if label.startswith("1.4.1"))
    page = asked.soup("reply").get_text(" ", strip=True)
    assert NOTE in page
    asked.post("reply", **{name: "All four pages are enclosed as B."})
    tasks = asked.soup().get_text(" ", strip=True)
    assert "Your answer: All four pages are enclosed as B." in tasks
    assert "All four pages" in asked.soup("check").get_text()
    asked.client.post(asked.url("submit"), attest(asked))
    assert asked.request.status == "submitted"
    desk = desk_of(asked)
    words = soup_of(desk.client.get(f"/review/{asked.number}/")).select_one("#replies").parent
    assert "All four pages are enclosed as B." in words.get_text()
    packet = Packet.objects.filter(request=asked.request).latest("sequence")
    assert "All four pages are enclosed as B." in str(packet.content)
    assert asked.get("reply").status_code != 200


def test_saving_the_same_again_answers_nothing(asked: Walker) -> None:
    asked.post("criteria-electrodiagnostic")
    asked.post("dose")
    assert {state for *_, state in listed(asked)} == {"! to answer"}


def test_answered_attested_and_submitted_again(asked: Walker) -> None:
    asked.post("dose", courses="5")
    response = asked.client.post(asked.url("submit"), attest(asked))
    assert response["Location"] == asked.url("packet")
    assert asked.request.status == "submitted"
    assert Submission.objects.filter(request=asked.request).count() == 2
    packets = Packet.objects.filter(request=asked.request).order_by("sequence")
    assert [packet.sequence for packet in packets] == [1, 2]
    assert not asked.soup().select(".asked-list")
    assert [h3.get_text()[:12] for h3 in asked.soup("packet").select(".round h3")] == [
        "Submission 2",
        "Submission 1",
    ]


def test_each_round_is_kept_and_downloadable(asked: Walker) -> None:
    asked.client.post(asked.url("submit"), attest(asked))
    latest, first = asked.soup("packet").select(".round")
    links = [a["href"].removeprefix(f"/requests/{asked.number}/") for a in first.select("a")]
    assert links == ["letters/1/", "packet/1/"]
    for link in links:
        response = asked.client.get(asked.url() + link)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert b"".join(response).startswith(b"%PDF-")


def test_nothing_that_is_asked_is_gone_when_its_page_is(asked: Walker) -> None:
    """Another diagnosis takes a criterion out of the request: what was asked is still said."""
    asked.post("diagnosis", indication="gbs", icd10="G61.0")
    rows = {what: where for what, where, _ in listed(asked)}
    assert rows["1.4.1 Prolonged motor distal latency"] in ("", f"/requests/{asked.number}/")
    assert "No page asks this any more" in asked.soup().get_text()


def test_withdrawing_while_asked(asked: Walker) -> None:
    asked.client.post(asked.url("withdraw"))
    assert asked.request.status == "withdrawn"
    assert "withdrawn" in asked.soup("packet").select_one("h1").get_text()
    assert not asked.soup().select(".asked-list")


def test_withdrawing_what_was_decided_meanwhile_says_so(ready: Walker) -> None:
    ready.client.post(ready.url("submit"), attest(ready))
    decide(ready, APPROVAL)
    response = ready.client.post(ready.url("withdraw"))
    assert response.status_code == 409
    assert "It is decided" in response.content.decode()
    assert ready.request.status == "approved"


def decide(walker: Walker, kind: str, **fields: Any) -> None:
    desk = desk_of(walker)
    accept_all(walker.request)
    if kind == DENIAL:
        say(walker.request, **{"cidp_limbs": ("not_accepted", "One limb only, says page 2.")})
    elif "grams" in fields:
        say(walker.request, dose=("not_accepted", "Less is enough at first."))
    assert desk.post(kind, "send", reason="So it is.", **fields).status_code == 302
    assert desk.send(kind).status_code == 302


@pytest.mark.parametrize(
    "kind,word,more",
    [(APPROVAL, "Approved", "135 g in all"), (DENIAL, "Not approved", "Limbs impaired")],
)
def test_the_practice_reads_the_decision(ready: Walker, kind: str, word: str, more: str) -> None:
    ready.client.post(ready.url("submit"), attest(ready))
    fields = {"criteria": ["criteria:cidp_limbs"]} if kind == DENIAL else {}
    decide(ready, kind, **fields)
    for slug in ("", "packet"):
        words = ready.soup(slug).select_one("main").get_text(" ", strip=True)
        assert word.lower() in words.lower()
        assert more in words
        assert "So it is." in words
    assert ready.client.get(ready.url() + "letters/1/").status_code == 200
    row = soup_of(ready.client.get("/requests/")).find("a", string=ready.number).find_parent("tr")
    assert word in row.get_text()
    until = ready.request.approved_until
    assert until is None or str(until.year) in row.get_text()
    assert ready.get("dose")["Location"] == ready.url()


def test_a_lower_dose_stands_beside_what_was_asked_and_can_be_renewed(ready: Walker) -> None:
    ready.client.post(ready.url("submit"), attest(ready))
    decide(ready, APPROVAL, as_asked="no", grams="100")
    page = ready.soup("packet")
    words = page.select_one("main").get_text(" ", strip=True)
    assert "100 g in each course" in words
    assert "asked for: Gamunex-C 10 % 135 g in all" in words
    assert page.select_one(f"form[action='{ready.url('renew')}'] button").get_text() == "Renew"


def test_another_practice_sees_nothing(asked: Walker) -> None:
    asked.client.force_login(people.ben())
    assert asked.get().status_code == 404
    assert asked.client.get(asked.url() + "letters/1/").status_code == 404


SLUGS = ("criteria-electrodiagnostic", "dose")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_step_costs_one_query_more_while_asked(
    asked: Walker, slug: str, django_assert_max_num_queries: Any
) -> None:
    asked.get(slug)
    with django_assert_max_num_queries(9):
        asked.get(slug)
    sent = asked.fields(slug)
    with django_assert_max_num_queries(14):
        asked.client.post(asked.url(slug), sent, headers={"HX-Request": "true"})


def test_a_draft_never_submitted_costs_none(
    ready: Walker, django_assert_max_num_queries: Any
) -> None:
    ready.get("dose")
    with django_assert_max_num_queries(8):
        ready.get("dose")
    assert not [q for q in queries_of(ready) if "criteria_letter" in q]


def queries_of(walker: Walker) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        walker.get("dose")
    return [query["sql"] for query in captured.captured_queries]
