"""The bar above each page of a preview: what it is, and where what it asks is edited."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from criteria.accounts.permissions import Permission, may
from criteria.models import CriteriaTree, Indication, Pathway, PolicyVersion, Status
from criteria.rules.formats import date_text
from criteria.screens.admin.links import change_url, list_url
from criteria.screens.preview.places import places
from criteria.screens.wizard.forms.criteria import QuestionsForm
from criteria.screens.wizard.forms.pages import form_of
from criteria.screens.wizard.pages import WizardPage
from criteria.screens.wizard.walkthrough import Walkthrough


@dataclass(frozen=True, slots=True)
class Edit:
    """One link to what a page shows."""

    words: str
    url: str


class PreviewBar:
    """What the bar says. Its links into the admin are for those who may sign in there."""

    def __init__(
        self,
        user: User,
        version: PolicyVersion,
        walk: Walkthrough | None = None,
        page: WizardPage | None = None,
    ) -> None:
        """``walk`` None: the edition is unfinished; ``page`` None: result or task list."""
        self.user, self.version, self.walk, self.page = user, version, walk, page
        self.draft = None if walk is None else walk.draft

    @property
    def status(self) -> str:
        """Draft, in review, published or retired."""
        return str(Status(self.version.status).label).lower()

    @property
    def as_if(self) -> str:
        """On which day, where that is not today."""
        if self.draft is None or self.draft.today == timezone.localdate():
            return ""
        return f"Shown as on {date_text(self.draft.today)}, when it is in force."

    @property
    def edition_url(self) -> str:
        """Back to the edition, for those who may sign in there."""
        return change_url(self.version) if self.user.is_staff else ""

    @property
    def verb(self) -> str:
        """What may be done with the edition there."""
        is_open = self.version.status == Status.DRAFT
        return "Edit" if is_open and may(self.user, Permission.EDIT_POLICY) else "See"

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What the page shows, where it is edited."""
        return tuple(self._edits()) if self.user.is_staff and self.draft is not None else ()

    @cached_property
    def questions(self) -> tuple[Edit, ...]:
        """The groups and questions of the page, each at its line of the outline."""
        walk, page = self.walk, self.page
        if not self.user.is_staff or walk is None or page is None or not page.is_form:
            return ()
        draft, form = walk.draft, form_of(walk, page)
        if not isinstance(form, QuestionsForm):
            return ()
        numbers = {line.finding.node.key: line.number for tree in draft.numbered for line in tree}
        numbers |= {key: asked.number for key, asked in form.places.items()}
        return tuple(
            Edit(f"{numbers.get(place.key, '')} {place.words}".strip(), place.url)
            for place in places(draft, self.version, form.questions(), page.criteria)
        )

    def _edits(self) -> Iterator[Edit]:
        slug = None if self.page is None else self.page.slug
        if slug == "start":
            yield Edit(f"{self.verb} the days of the edition", change_url(self.version))
        elif slug in ("diagnosis", "pathway"):
            yield self._diagnosis()
        elif slug == "dose" and self._pathway is not None:
            yield Edit(f"{self.verb} the limits of this dose", change_url(self._pathway))
        elif self.page is None and self._pathway is not None:
            yield Edit(f"{self.verb} the outline of these criteria", self._outline)

    def _diagnosis(self) -> Edit:
        indication = self._indication
        if indication is None:
            every = list_url(Indication, version=self.version.pk)
            return Edit(f"{self.verb} the diagnoses", every)
        return Edit(f"{self.verb} this diagnosis", change_url(indication))

    @cached_property
    def _indication(self) -> Indication | None:
        chosen = None if self.draft is None else self.draft.indication
        rows = Indication.objects.filter(version=self.version)
        return None if chosen is None else rows.filter(key=chosen.key).first()

    @cached_property
    def _pathway(self) -> Pathway | None:
        chosen = None if self.draft is None else self.draft.pathway
        if chosen is None or self._indication is None:
            return None
        return Pathway.objects.filter(indication=self._indication, key=chosen.key).first()

    @property
    def _outline(self) -> str:
        tree = CriteriaTree.objects.filter(pathway=self._pathway).first()
        if tree is None:
            return change_url(self.version)
        return reverse("admin:criteria_outline", args=[tree.pk])
