"""What is refused before any view reads it, and the page for a method that an address lacks."""

import codecs
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class OnlyForms:
    """Refuses what no browser sends: a form in another encoding than UTF-8, or without a length.

    Django decodes a multipart form by whatever encoding it names: some make halves of signs, which
    no database keeps, and some fail. A body without a length it takes for an empty one, so that
    whoever sent a file would be told that there was none. NUL in an address breaks PostgreSQL.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """``get_response``: what comes after it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Raises BadRequest for another encoding or NUL; answers 411 to a body without length."""
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("A form of this site is written in UTF-8.")
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("No address of this site has a NUL in it.")
        if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
            return render(request, "411.html", status=HTTPStatus.LENGTH_REQUIRED)
        return self.get_response(request)


class MethodPages:
    """Gives a page to an address that is opened and is only for a button, or the other way round.

    Django answers with an empty body, which a browser shows as an error of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """``get_response``: what comes after it."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a page where it is an empty refusal of the method."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page
