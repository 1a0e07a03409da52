"""Who comes in: signed in, and what htmx is told when the session is over."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

View = Callable[..., HttpResponseBase]


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for fragments."""
    return bool(getattr(request, "htmx", False))


def signed_in(view: View) -> View:
    """Ask for a sign-in. A page that saves as one types says so and keeps what was typed."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if is_htmx(request):
            return render(request, "criteria/wizard/_signed_out.html", status=422)
        return redirect_to_login(request.get_full_path())

    return checked
