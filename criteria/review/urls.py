from django.urls import path

from criteria.review import (
    figures,
    letter,
    letter_sending,
    renewals,
    trail,
    views_desk,
    views_edition,
    views_holding,
    worklist_views,
)

app_name = "review"

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:name>/csv/", figures.figure_csv, name="figure-csv"),
    path("review/<str:number>/letter/<str:kind>/", letter.letter, name="letter"),
    path("review/<str:number>/letter/<str:kind>/preview/", letter.preview, name="letter-preview"),
    path(
        "review/<str:number>/letter/<str:kind>/send/",
        letter_sending.letter_send,
        name="letter-send",
    ),
    path("worklist/", worklist_views.worklist, name="worklist"),
    path("worklist/search/", worklist_views.worklist_search, name="worklist-search"),
    path("review/ending/", renewals.ending, name="ending"),
    path("review/<str:number>/", views_desk.desk, name="request"),
    path("review/<str:number>/take/", views_holding.take, name="take"),
    path("review/<str:number>/release/", views_holding.release, name="release"),
    path("review/<str:number>/go-on/", views_holding.go_on, name="go-on"),
    path("review/<str:number>/assign/", views_holding.assign, name="assign"),
    path("review/<str:number>/dispositions/", views_desk.dispositions, name="disposition"),
    path("review/<str:number>/edition/", views_edition.edition, name="edition"),
    path("review/<str:number>/trail/", trail.trail, {"is_of_practice": False}, name="trail"),
    path(
        "review/<str:number>/trail/csv/",
        trail.trail_csv,
        {"is_of_practice": False},
        name="trail-csv",
    ),
]
