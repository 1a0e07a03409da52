from django.urls import path

from criteria.screens.downloads import packet_views as views
from criteria.screens.downloads.letter_views import letter
from criteria.screens.review import zip_views

app_name = "packet"

urlpatterns = [
    path("zip/", zip_views.packets, name="zip"),
    path("<str:number>/letters/<int:sequence>/", letter, name="letter"),
    path("<str:number>/packet/draft/", views.draft, name="draft"),
    path("<str:number>/packet/issue/", views.issue_view, name="issue"),
    path("<str:number>/packet/pdf/", views.download, name="download"),
    path("<str:number>/packet/<int:sequence>/", views.download, name="download"),
]
