"""Signing in."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView

from criteria.screens.forms import DrawnForm, Unseen


class SignInForm(DrawnForm, AuthenticationForm):
    """Who signs in, and where that leads."""

    next = Unseen()


class SignIn(LoginView):
    """The page on which somebody signs in."""

    authentication_form = SignInForm

    def get_initial(self) -> dict[str, Any]:
        """Where it leads, if that is a page of ours."""
        return super().get_initial() | {"next": self.get_redirect_url()}
