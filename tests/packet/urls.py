"""The addresses of the site with those of the packet."""

from django.urls import include, path

urlpatterns = [
    path("requests/", include("criteria.packet.urls")),
    path("", include("ivigportal.urls")),
]
