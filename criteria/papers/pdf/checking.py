"""Where a reader may check that a packet or letter is the one that was issued."""

from django.conf import settings
from django.urls import reverse


def check_words(document: str = "packet") -> str:
    """A sentence to print: "Check this packet at https://portal.example.org/verify/, by ..."."""
    site = settings.SITE_URL.rstrip("/")
    page = "on the verification page of ivigportal"
    place = f"at {site}{reverse('verify:verify')}" if site else page
    return f"Check this {document} {place}, by its code or by the file."
