from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from criteria.screens.sign_in import SignIn


def icon(request: HttpRequest) -> HttpResponseRedirect:
    """The icon, which browsers ask for here on pages that name none: those of the admin."""
    return HttpResponseRedirect(static("criteria/icon.svg"))


urlpatterns = [
    path("favicon.ico", icon),
    path("admin/", admin.site.urls),
    path("accounts/login/", SignIn.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("", include("criteria.urls")),
]
