"""Signing in."""

from typing import Any, Unpack

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest

from criteria.screens.forms import DrawnForm, FormOptions, SentFiles, Typed, Unseen


class SignInForm(DrawnForm, AuthenticationForm):
    """Who signs in, and where that leads."""

    next = Unseen()

    def __init__(
        self,
        request: HttpRequest | None = None,
        data: Typed | None = None,
        files: SentFiles | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        """As Django's own page hands it over."""
        options["label_suffix"] = ""
        AuthenticationForm.__init__(self, request, data, files, **options)


class SignIn(LoginView):
    """The page on which somebody signs in."""

    authentication_form = SignInForm

    def get_initial(self) -> dict[str, Any]:
        """Where it leads, if that is a page of ours."""
        return super().get_initial() | {"next": self.get_redirect_url()}
