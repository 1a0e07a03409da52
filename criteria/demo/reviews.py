"""Reviews example requests as Rhea does: takes them, says what she thinks, and sends a letter."""

from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from criteria.actions.reviews.dispositions import DispositionEntry, accept_met, save_dispositions
from criteria.actions.reviews.hold import take_request
from criteria.actions.reviews.letters import Written, save_letter
from criteria.demo.examples import Review, typed_on
from criteria.models import AuthorizationRequest, LetterDraft
from criteria.papers.letters.basis import ReadSubmission, read_submission
from criteria.papers.letters.issue import send
from criteria.screens.review.desk.desk import ReviewDesk
from criteria.screens.review.letters.page import LetterPage


def review(
    request: AuthorizationRequest, review: Review, *, today: date, by: User
) -> tuple[str, ...]:
    """Take it, judge its criteria, write the letter and send it.

    Gives what the letter still needs, if anything: then it is not sent.
    """
    held = take_request(request=request, by=by)
    _judge(held, review, by)
    submission = held.submissions.select_related("version__policy").latest("number")
    read = read_submission(submission)
    row = _written(held, read, review, today, by)
    page = LetterPage(read, review.letter, row)
    if page.needs:
        return tuple(problem.text for problem in page.needs)
    send(
        held,
        read,
        review.letter,
        text=page.text,
        items=page.items,
        reason=page.reason,
        terms=page.terms,
        revision=row.revision,
        by=by,
    )
    return ()


def _judge(held: AuthorizationRequest, review: Review, by: User) -> None:
    said = [
        DispositionEntry(block=view.block, key=view.criterion, verdict=view.verdict, note=view.note)
        for view in review.views
    ]
    number = held.submissions.count()
    save_dispositions(request=held, submission_number=number, said=said, by=by)
    if review.accepts_met:
        desk = ReviewDesk(held, by, now=timezone.now())
        met = [line for line in desk.lines if line.can_be_accepted_with_others]
        places = [line.place for line in met]
        accept_met(request=held, submission_number=number, places=places, by=by)


def _written(
    held: AuthorizationRequest, read: ReadSubmission, review: Review, today: date, by: User
) -> LetterDraft:
    """The letter with the fields of the example, its text as it is composed from them."""
    first = LetterPage(read, review.letter, None)
    typed = first.typed | {name: typed_on(today, text) for name, text in review.fields.items()}
    text = LetterPage(read, review.letter, None, typed=typed).composed
    return save_letter(
        request=held,
        submission_number=read.submission.number,
        kind=review.letter,
        written=Written(text=text, composed=text, terms=typed),
        revision=0,
        by=by,
    )
