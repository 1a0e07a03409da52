"""The limits an installation sets, read from Django's settings each time they are asked for."""

from dataclasses import dataclass

from django.conf import settings

from criteria.requests.enclosures.limits import MB, FileLimits

# Letters stand in a column of the request: A to Z, then AA on.
MOST_DOCUMENTS = 100
# Documents sent by one press of the button.
MOST_AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimits:
    """The most the documents of one request may hold together."""

    bytes: int
    pages: int


def file_limits() -> FileLimits:
    """Of one document."""
    return FileLimits(
        file_bytes=settings.ENCLOSURE_FILE_MB * MB,
        file_pages=settings.ENCLOSURE_FILE_PAGES,
        image_pixels=settings.ENCLOSURE_IMAGE_MEGAPIXELS * 1_000_000,
        page_inches=settings.ENCLOSURE_PAGE_INCHES,
        unpacked_bytes=256 * MB,
        cpu_seconds=settings.ENCLOSURE_CHECK_SECONDS,
        memory_bytes=settings.ENCLOSURE_CHECK_MB * MB,
    )


def request_limits() -> RequestLimits:
    """Of all documents of a request."""
    return RequestLimits(
        bytes=settings.ENCLOSURE_REQUEST_MB * MB, pages=settings.ENCLOSURE_REQUEST_PAGES
    )
