"""The form of each page of a walk."""

from collections.abc import Mapping

from criteria.wizard.asking import REPLY
from criteria.wizard.forms import PageForm
from criteria.wizard.forms_criteria import CriteriaForm
from criteria.wizard.forms_diagnosis import DiagnosisForm, PathwayForm
from criteria.wizard.forms_dose import DoseForm
from criteria.wizard.forms_patient import CoverageForm, PatientForm
from criteria.wizard.forms_prescriber import PrescriberForm, SiteForm
from criteria.wizard.forms_reply import ReplyForm
from criteria.wizard.forms_send import EnclosuresForm
from criteria.wizard.forms_start import StartForm
from criteria.wizard.pages import Page
from criteria.wizard.walkthrough import Walkthrough

FORMS: Mapping[str, type[PageForm]] = {
    "start": StartForm,
    "diagnosis": DiagnosisForm,
    "pathway": PathwayForm,
    "dose": DoseForm,
    "patient": PatientForm,
    "coverage": CoverageForm,
    "prescriber": PrescriberForm,
    "site": SiteForm,
    "enclosures": EnclosuresForm,
    REPLY: ReplyForm,
}


def form_of(walk: Walkthrough, page: Page) -> PageForm:
    """The form of a page, bound to what was typed. Only of a page that is one."""
    if page.slug not in walk.forms:
        kind = walk.own_forms.get(page.slug, FORMS.get(page.slug, CriteriaForm))
        walk.forms[page.slug] = kind(walk, page)
    found = walk.forms[page.slug]
    assert isinstance(found, PageForm)  # noqa: S101
    return found
