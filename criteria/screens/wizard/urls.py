"""Addresses of the wizard: the number of a request and the name of a page, never a patient."""

from django.urls import path

from criteria.screens.activity import views as trail
from criteria.screens.wizard.views import (
    compare,
    enclosure_files,
    enclosures,
    page,
    renewal,
    requests,
    result,
)

app_name = "wizard"

urlpatterns = [
    path("", requests.home, name="home"),
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.new, name="new"),
    path("requests/ending/", renewal.ending, name="ending"),
    path("quick-check/", requests.new, {"is_quick_check": True}, name="quick-check"),
    path("requests/<str:number>/", requests.tasks, name="tasks"),
    path("requests/<str:number>/result/", result.result, name="result"),
    path("requests/<str:number>/make-request/", requests.to_request, name="make-request"),
    path("requests/<str:number>/renew/", renewal.renew, name="renew"),
    path("requests/<str:number>/edition/", requests.edition, name="edition"),
    path("requests/<str:number>/compare/", compare.compare, name="compare"),
    path("requests/<str:number>/check/", result.check, name="check"),
    path("requests/<str:number>/submit/", result.submit, name="submit"),
    path("requests/<str:number>/packet/", result.packet, name="packet"),
    path("requests/<str:number>/trail/", trail.trail, {"is_of_practice": True}, name="trail"),
    path(
        "requests/<str:number>/trail/csv/",
        trail.trail_csv,
        {"is_of_practice": True},
        name="trail-csv",
    ),
    path("requests/<str:number>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<str:number>/enclosures/add/", enclosures.add, name="enclosure-add"),
    path(
        "requests/<str:number>/enclosures/<str:letter>/remove/",
        enclosures.remove,
        name="enclosure-remove",
    ),
    path(
        "requests/<str:number>/enclosures/<str:letter>/",
        enclosure_files.document,
        name="enclosure",
    ),
    path(
        "requests/<str:number>/enclosures/<str:letter>/pages/<int:page>.png",
        enclosure_files.page_png,
        name="enclosure-page",
    ),
    path("requests/<str:number>/<slug:slug>/", page.page, name="page"),
]
