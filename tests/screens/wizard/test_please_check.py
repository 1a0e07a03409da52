"""A changed early answer marks what depends on it, and deletes nothing."""

from criteria.models import RequestPage
from tests.screens.wizard.conftest import Walker


def marked(walker: Walker) -> set[str]:
    pages = RequestPage.objects.filter(request=walker.request, please_check=True)
    return set(pages.values_list("slug", flat=True))


def test_first_answers_mark_nothing(cidp: Walker) -> None:
    assert marked(cidp) == set()


def test_another_diagnosis_marks_criteria_and_dose(cidp: Walker) -> None:
    cidp.post("diagnosis", indication="gbs")
    assert {"dose", "general-records", "criteria-electrodiagnostic"} <= marked(cidp)
    assert "diagnosis" not in marked(cidp)


def test_answers_come_back_with_the_diagnosis(cidp: Walker) -> None:
    before = cidp.draft.case
    cidp.post("diagnosis", indication="gbs")
    assert cidp.walk.page("criteria-electrodiagnostic") is None
    cidp.post("diagnosis", indication="cidp")
    assert cidp.draft.case == before


def test_shared_answer_counts_for_the_new_diagnosis(cidp: Walker) -> None:
    """The neurologist was asked for CIDP; GBS asks the same question."""
    cidp.post("diagnosis", indication="gbs")
    assert cidp.draft.answers["neurologist_involved"] is True


def test_request_date_marks_criteria(cidp: Walker) -> None:
    cidp.post("start", request_date="2026-01-31")
    assert {"dose", "criteria-cidp_diagnosis"} <= marked(cidp)


def test_saving_the_page_takes_the_mark_away(cidp: Walker) -> None:
    cidp.post("start", request_date="2026-01-31")
    assert "Please check this page" in cidp.get("general-records").content.decode()
    cidp.post("general-records")
    assert "general-records" not in marked(cidp)


def test_task_list_says_please_check(cidp: Walker) -> None:
    cidp.post("start", request_date="2026-01-31")
    assert "please check" in cidp.soup().get_text()


def test_marked_page_blocks_submission(ready: Walker) -> None:
    ready.post("start", planned_start="2026-01-31")
    assert "please check" not in ready.soup("submit").get_text()
    ready.post("start", request_date="2026-01-31")
    assert "please check" in ready.soup("submit").get_text()
