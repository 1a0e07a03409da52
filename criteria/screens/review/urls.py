from django.urls import path

from criteria.screens.activity import views as trail
from criteria.screens.figures import views as figures
from criteria.screens.review import edition_views as views_edition
from criteria.screens.review import renewals
from criteria.screens.review.desk import holding_views as views_holding
from criteria.screens.review.desk import views as views_desk
from criteria.screens.review.letters import sending as letter_sending
from criteria.screens.review.letters import views as letter
from criteria.screens.review.worklist import views as worklist_views

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
