"""Judges stored requests by the edition they are pinned to and by another one."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from django.utils import timezone

from criteria.dosing import ApprovedCourses
from criteria.models import AuthorizationRequest, PolicyVersion, RequestPage
from criteria.policies.codes.codebook import Codebook
from criteria.policies.codes.kept_codebook import KeptCodebook
from criteria.policies.edition import Edition
from criteria.policies.stored.load import edition_of
from criteria.requests.answers.typed import one
from criteria.requests.approvals import approvals_among, courses_of
from criteria.requests.assessment.assess import Assessment, assess
from criteria.requests.impact.similarity import EditionSimilarity
from criteria.requests.impact.stored import StoredRequest, load
from criteria.requests.impact.touched import TouchedRequest
from criteria.requests.impact.why import changes, shortened
from criteria.requests.stated_request import StatedRequest
from criteria.rules.terms import Coverage


class JudgedRequest(StatedRequest):
    """A stored request judged by one edition; its codes are looked up where they are remembered."""

    def __init__(self, stored: StoredRequest, edition: Edition | None, book: Codebook) -> None:
        """Everything typed, as one page."""
        page = RequestPage(slug="stored", data=stored.typed)
        super().__init__(stored.request, edition, [page], today=stored.today)
        self.book, self._stored = book, stored

    @cached_property
    def approved(self) -> tuple[ApprovedCourses, ...]:
        """As submitted; of a draft among those that were loaded for many requests at once."""
        if self._stored.approved is not None:
            return self._stored.approved
        return courses_of(approvals_among(self, self._stored.near))

    @cached_property
    def assessment(self) -> Assessment | None:
        """What is found; None while no policy or no diagnosis is chosen."""
        if self.edition is None or not self.has_diagnosis:
            return None
        return assess(self.edition, self.case, self.book)


class ImpactJudge:
    """Says which requests an edition changes, and how."""

    def __init__(self, edition: Edition) -> None:
        """``edition``: the one to be published. Other editions and codes are looked up once."""
        self.edition = edition
        self._book = KeptCodebook()
        self._pinned: dict[int, Edition] = {}
        self._alike: dict[int, EditionSimilarity] = {}

    def __call__(self, requests: Sequence[AuthorizationRequest]) -> list[TouchedRequest]:
        """Those of some requests whose result or criteria change."""
        return list(self._touched(requests, timezone.localdate()))

    def _touched(
        self, requests: Sequence[AuthorizationRequest], today: date
    ) -> Iterator[TouchedRequest]:
        for stored in load(requests, today):
            before = JudgedRequest(stored, self._edition(stored.version), self._book)
            if self._is_same(before):
                continue
            after = JudgedRequest(stored, self.edition, self._book)
            was = stored.overall or before.overall.value
            missing = gone(before, after)
            if missing:
                yield TouchedRequest(stored.request.pk, was, "", missing)
                continue
            found = changes(before.assessment, after.assessment)
            now = after.overall.value
            if found or was != now:
                yield TouchedRequest(stored.request.pk, was, now, shortened(found))

    def _is_same(self, draft: StatedRequest) -> bool:
        """Whether the new edition is the old one in all that this request rests on."""
        old, pinned = draft.edition, draft.request.version_id
        if old is None or pinned is None:
            return False
        if pinned not in self._alike:
            self._alike[pinned] = EditionSimilarity(old, self.edition)
        return self._alike[pinned].judges(draft.phase, one(draft.typed, "indication"))

    def _edition(self, version: int | None) -> Edition | None:
        if version is None:
            return None
        if version not in self._pinned:
            row = PolicyVersion.objects.select_related("policy").get(pk=version)
            self._pinned[version] = edition_of(row)
        return self._pinned[version]


def gone(before: StatedRequest, after: StatedRequest) -> str:
    """What a request rests on and the new edition no longer has, in words."""
    was = before.indication
    if was is None or after.edition is None:
        return ""
    now = after.indication
    if now is None:
        return f"{after.edition.number} does not name the diagnosis."
    chosen = before.pathway
    has_criteria = now.coverage is Coverage.CRITERIA
    if chosen is None or not has_criteria or any(p.key == chosen.key for p in now.pathways):
        return ""
    return f"{after.edition.number} has no criteria “{chosen.name}”."
