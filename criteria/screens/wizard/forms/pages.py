"""The form of each page of a walk."""

from collections.abc import Mapping

from criteria.requests.asking import REPLY
from criteria.screens.wizard.forms.criteria import CriteriaForm
from criteria.screens.wizard.forms.diagnosis import DiagnosisForm, PathwayForm
from criteria.screens.wizard.forms.dose import DoseForm
from criteria.screens.wizard.forms.form import PageForm
from criteria.screens.wizard.forms.patient import CoverageForm, PatientForm
from criteria.screens.wizard.forms.prescriber import PrescriberForm, SiteForm
from criteria.screens.wizard.forms.reply import ReplyForm
from criteria.screens.wizard.forms.send import EnclosuresForm
from criteria.screens.wizard.forms.start import RequestStartForm
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough

FORMS: Mapping[str, type[PageForm]] = {
    "start": RequestStartForm,
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


def form_of(walk: Walkthrough, page: WizardPage) -> PageForm:
    """The form of a page, bound to what was typed. Only of a page that is one."""
    if page.slug not in walk.forms:
        kind = walk.own_forms.get(page.slug, FORMS.get(page.slug, CriteriaForm))
        walk.forms[page.slug] = kind(walk, page)
    found = walk.forms[page.slug]
    assert isinstance(found, PageForm)  # noqa: S101
    return found
