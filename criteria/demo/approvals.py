"""Approves example requests as a reviewer does, by the letter that is composed."""

from datetime import date

from django.contrib.auth.models import User

from criteria.actions.letters import Written, save_letter
from criteria.actions.reviews import take_request
from criteria.demo.examples import Approval, typed_on
from criteria.letters.basis import read_submission
from criteria.letters.issue import send
from criteria.models import AuthorizationRequest, LetterKind
from criteria.review.letter_page import LetterPage


def approve(
    request: AuthorizationRequest, approval: Approval, *, today: date, by: User
) -> tuple[str, ...]:
    """Take it, write the letter and send it; gives what the letter still needs, if anything."""
    held, kind = take_request(request=request, by=by), LetterKind.APPROVAL
    read = read_submission(held.submissions.select_related("version__policy").latest("number"))
    first = LetterPage(read, kind, None)
    typed = first.typed | {
        "months": [approval.months],
        "starts_on": typed_on(today, approval.starts_on),
        "reason": [approval.reason],
    }
    text = LetterPage(read, kind, None, typed=typed).composed
    row = save_letter(
        request=held,
        submission_number=read.submission.number,
        kind=kind,
        written=Written(text=text, composed=text, terms=typed),
        revision=0,
        by=by,
    )
    page = LetterPage(read, kind, row)
    if page.needs:
        return tuple(problem.text for problem in page.needs)
    send(
        held,
        read,
        kind,
        text=page.text,
        items=page.items,
        reason=page.reason,
        terms=page.terms,
        revision=row.revision,
        by=by,
    )
    return ()
