"""Text of a page, without its spaces."""

from bs4 import BeautifulSoup


def plain(part: BeautifulSoup) -> str:
    """Markup without the swap attribute and without layout white space."""
    copy = BeautifulSoup(str(part), "html.parser")
    for element in copy.find_all(attrs={"hx-swap-oob": True}):
        del element["hx-swap-oob"]
    return " ".join(copy.prettify().split())
