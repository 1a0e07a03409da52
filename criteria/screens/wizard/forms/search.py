"""Searches: for a diagnosis, and for a request by its number."""

from criteria.screens.fields import Text
from criteria.screens.forms import DrawnForm, HelpedField, Unseen, UnseenForm
from criteria.screens.layout import LineField
from criteria.screens.widgets import SearchInput


class DiagnosisSearch(DrawnForm):
    """Names, abbreviations and codes; found while it is typed."""

    q = Text(
        "Find the diagnosis: name, abbreviation or ICD-10 code",
        help_text="For example CIDP, GBS, ITP, CVID or G61.81.",
    )
    bound_field_class = HelpedField
    lines = (LineField("q", button="Search"),)

    def __init__(self, url: str, searched: str) -> None:
        """``url``: where it is searched."""
        super().__init__(initial={"q": searched})
        self.fields["q"].widget = SearchInput(
            {
                "id": "search",
                "maxlength": 300,
                "autocomplete": "off",
                "hx-get": url,
                "hx-trigger": "input delay:250ms, search",
                "hx-target": "#results",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        )


class SearchedFor(UnseenForm):
    """What was searched for before a diagnosis was chosen."""

    searched = Unseen()


class RequestSearch(DrawnForm):
    """A request by its number, or a part of it. A name would stand in an address and its log."""

    q = Text("Number of the request")
    bound_field_class = HelpedField
    lines = (LineField("q", label_class="visually-hidden"),)

    def __init__(self, searched: str) -> None:
        """``searched``: what was typed."""
        super().__init__(initial={"q": searched}, auto_id="%s")
        attrs = {"placeholder": "Number of the request", "maxlength": 60}
        self.fields["q"].widget = SearchInput(attrs)
