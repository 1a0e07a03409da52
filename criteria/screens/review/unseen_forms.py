"""What the pages of a review send back unseen."""

from criteria.screens.forms import UnseenForm, UnseenNumber


class SubmissionForm(UnseenForm):
    """Which submission a page was drawn from."""

    submission = UnseenNumber()


class LetterSaveForm(SubmissionForm):
    """And over which save of the letter."""

    revision = UnseenNumber()


class EditionSentForm(SubmissionForm):
    """And which edition was shown."""

    version = UnseenNumber()


class OverForm(UnseenForm):
    """Who held a request when somebody asked to take it over; 0 for nobody."""

    over = UnseenNumber()
