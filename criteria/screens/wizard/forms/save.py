"""What a page sends with what was typed: from which window, and over which save."""

from django.utils.safestring import SafeString

from criteria.requests.answers.typed import kept_signs
from criteria.screens.forms import Unseen, UnseenForm, UnseenNumber
from criteria.screens.widgets import Hidden

LONGEST_TAB = 32


class SaveForm(UnseenForm):
    """``press``: which save of the window it is, counted by its script."""

    tab = Unseen()
    press = UnseenNumber(initial=0, widget=Hidden({"id": "press"}))
    revision = UnseenNumber(widget=Hidden({"id": "revision"}))

    def clean_tab(self) -> str:
        """The window, as it can be kept."""
        return "".join(kept_signs([self.cleaned_data["tab"]]))[:LONGEST_TAB]

    @property
    def revision_anew(self) -> SafeString:
        """The revision for a page that htmx has saved."""
        return self["revision"].as_widget(attrs={"hx-swap-oob": "true"})
