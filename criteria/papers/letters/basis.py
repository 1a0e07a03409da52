"""From a stored submission to what letters are written from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from criteria.actions.reviews.dispositions import views_of
from criteria.dosing import Limit
from criteria.models import Submission, Verdict
from criteria.papers.letters.content import LetterBasis, LetterItem, judged
from criteria.papers.letters.items import items_of
from criteria.papers.packet.content import Patient
from criteria.requests.assessment.assess import Assessment
from criteria.requests.assessment.trees import adds
from criteria.requests.content import RequestContent, content_from_json
from criteria.requests.dispositions.asked import viewable
from criteria.requests.dispositions.criterion_views import CriterionView, Place, Viewed
from criteria.requests.dispositions.gates import GATE
from criteria.requests.dispositions.grounds import every, grounds_of, trees_viewed
from criteria.requests.record import assessment_of, reviewed_draft
from criteria.rules import Citation
from criteria.rules.explain import citation_text


@dataclass(frozen=True, kw_only=True)
class ReadSubmission:
    """A submission as a reviewer reads it: what it says, what is found of it, what letters need."""

    submission: Submission
    content: RequestContent
    assessment: Assessment
    basis: LetterBasis
    views: Mapping[Place, CriterionView]

    @cached_property
    def grounds(self) -> tuple[LetterItem, ...]:
        """What a decision against the request may rest on, as the reviewer sees it now."""
        return self.basis.at(set(grounds_of(self.assessment, self.views)))

    @cached_property
    def asked(self) -> tuple[LetterItem, ...]:
        """What the reviewer asks about, of all that applies."""
        found = viewable(self.assessment)
        marked = self.basis.with_verdict(Verdict.ASK)
        return tuple(item for item in marked if item.block == GATE or item.place in found)


def read_submission(submission: Submission) -> ReadSubmission:
    """A submission with the reviewer's dispositions of it; one query beside what was loaded."""
    assessment = assessment_of(reviewed_draft(submission))
    content = content_from_json(submission.content)
    views = views_of(submission)
    items = items_of(assessment, content.evidence, content.dose)
    basis = replace(
        _basis(submission, content, assessment), items=judged_items(items, assessment, views)
    )
    return ReadSubmission(
        submission=submission, content=content, assessment=assessment, basis=basis, views=views
    )


def judged_items(
    items: Iterable[LetterItem], found: Assessment, views: Mapping[Place, CriterionView]
) -> tuple[LetterItem, ...]:
    """The items with what was said of each, and of a group what was said below it."""
    below = {each.place: each for tree in trees_viewed(found, views) for each in every(tree)}
    return tuple(replace(judged(i, views), parts=_parts(below.get(i.place))) for i in items)


def _parts(group: Viewed | None) -> tuple[str, ...]:
    inside = () if group is None else tuple(every(group))[1:]
    noted = [(part.finding.node.title, part.view.note.strip()) for part in inside]
    return tuple(f"{title}: {note}" for title, note in noted if note)


def _basis(submission: Submission, content: RequestContent, found: Assessment) -> LetterBasis:
    edition = found.edition
    return LetterBasis(
        number=content.number,
        submission=_sent(submission),
        received_on=timezone.localdate(submission.attested_at),
        practice=content.practice,
        payer=edition.payer,
        policy=edition.label,
        policy_name=f"{edition.policy_name}, edition {edition.number}",
        prescriber=content.prescriber_name,
        patient=Patient(
            name=content.patient_name, born_on=content.date_of_birth, member_id=content.member_id
        ),
        indication=_indication(content),
        asked=", ".join(filter(None, (content.product, content.dose))),
        dose_limits=tuple(dict.fromkeys(_limits(found))),
    )


def _sent(submission: Submission) -> int:
    """How often the practice submitted: judging it anew by another edition is no sending."""
    if submission.number == 1:
        return 1
    rows = Submission.objects.filter(request_id=submission.request_id, rejudged_at__isnull=True)
    return rows.filter(number__lte=submission.number).count()


def _indication(content: RequestContent) -> str:
    name = content.indication or "a diagnosis that was not stated"
    has_more = content.pathway and adds(content.pathway, name)
    return f"{name} ({content.pathway})" if has_more else name


def _limits(found: Assessment) -> list[str]:
    """The limits the dose was held against, each with its place in the policy."""
    limits = [finding.limit for finding in found.dose.findings]
    said = {} if found.pathway is None else found.pathway.dose.sentences(limits)
    return [", ".join(filter(None, (said[limit.key], _place(limit)))) for limit in limits]


def _place(limit: Limit) -> str:
    return citation_text(Citation(limit.lines, limit.section))
