"""The pages of the wizard as data, in the order they are walked."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from criteria.requests.answers.criteria_pages import CriteriaPage, criteria_pages
from criteria.requests.asking import REPLY
from criteria.requests.assessment.codes import stated_codes
from criteria.requests.content import REPLIES
from criteria.requests.stated_request import StatedRequest
from criteria.rules.coded import rests_on_codes
from criteria.rules.terms import Coverage


class TaskPart(StrEnum):
    """The parts of the task list."""

    START = "Coverage and diagnosis"
    CRITERIA = "Criteria"
    DOSE = "Weight, dose and result"
    PEOPLE = "Patient, prescriber and place"
    SEND = "Send"


@dataclass(frozen=True, slots=True, kw_only=True)
class WizardPage:
    """One page: its address, its heading, its form, and when it is part of a request.

    ``depends_on``: a change of one of these fields (of any earlier page) asks the person to look
    at this page again. ``is_form``: whether something is typed into it; if not, it only shows.
    """

    slug: str
    title: str
    part: TaskPart
    is_form: bool = True
    is_needed: Callable[[StatedRequest], bool] = lambda draft: True
    depends_on: frozenset[str] = frozenset()
    criteria: CriteriaPage | None = None


DIAGNOSIS = frozenset({"line_of_business", "phase", "indication"})
CRITERIA = DIAGNOSIS | {"pathway", "request_date"}
# Not fields, but what they come to: the edition that judges, and the codes in standard form.
EDITION, CODES = "the edition", "the codes"


def _is_request(draft: StatedRequest) -> bool:
    return not draft.request.is_quick_check


def _has_pathways(draft: StatedRequest) -> bool:
    """Asked unless exactly one pathway serves the phase."""
    indication = draft.indication
    if indication is None or indication.coverage is not Coverage.CRITERIA:
        return False
    return len(indication.pathways_for(draft.phase)) != 1


BEFORE = (
    WizardPage(slug="start", title="Coverage and therapy", part=TaskPart.START),
    WizardPage(
        slug="diagnosis",
        title="Diagnosis",
        part=TaskPart.START,
        depends_on=frozenset({"line_of_business", EDITION}),
    ),
    WizardPage(
        slug="pathway",
        title="Which criteria apply",
        part=TaskPart.START,
        is_needed=_has_pathways,
        depends_on=DIAGNOSIS,
    ),
)
AFTER = (
    WizardPage(
        slug="dose",
        title="Weight and dose",
        part=TaskPart.DOSE,
        depends_on=CRITERIA,
    ),
    WizardPage(slug="result", title="Result", part=TaskPart.DOSE, is_form=False),
    WizardPage(slug="patient", title="Patient", part=TaskPart.PEOPLE, is_needed=_is_request),
    WizardPage(
        slug="coverage",
        title="Insurance and urgency",
        part=TaskPart.PEOPLE,
        is_needed=_is_request,
        depends_on=frozenset({"line_of_business"}),
    ),
    WizardPage(
        slug="prescriber",
        title="Prescriber",
        part=TaskPart.PEOPLE,
        is_needed=_is_request,
    ),
    WizardPage(
        slug="site",
        title="Place of treatment",
        part=TaskPart.PEOPLE,
        is_needed=_is_request,
    ),
    WizardPage(
        slug="enclosures",
        title="Enclosures and notes",
        part=TaskPart.SEND,
        is_needed=_is_request,
    ),
    WizardPage(
        slug=REPLY,
        title=REPLIES,
        part=TaskPart.SEND,
        is_needed=lambda draft: draft.asking is not None,
    ),
    WizardPage(
        slug="check",
        title="Check your answers",
        part=TaskPart.SEND,
        is_form=False,
        is_needed=_is_request,
    ),
    WizardPage(
        slug="submit",
        title="Attest and submit",
        part=TaskPart.SEND,
        is_form=False,
        is_needed=_is_request,
    ),
)


def pages_of(draft: StatedRequest) -> tuple[WizardPage, ...]:
    """The pages of a request as it stands."""
    asked = (_criteria_page(page) for page in _criteria_pages(draft))
    every = (*BEFORE, *asked, *AFTER)
    return tuple(page for page in every if page.is_needed(draft))


def _criteria_pages(draft: StatedRequest) -> tuple[CriteriaPage, ...]:
    if draft.edition is None or not draft.has_diagnosis:
        return ()
    return criteria_pages(
        draft.edition,
        draft.phase,
        draft.pathway,
        age_is_known=draft.age_from_birth is not None,
        place_is_known=draft.is_home_known,
        codes=stated_codes(draft.edition, draft.icd10, draft.request_date, draft.indication),
    )


def _criteria_page(page: CriteriaPage) -> WizardPage:
    return WizardPage(
        slug=page.slug,
        title=page.title,
        part=TaskPart.CRITERIA,
        depends_on=CRITERIA | {CODES} if any(map(rests_on_codes, page.nodes)) else CRITERIA,
        criteria=page,
    )
