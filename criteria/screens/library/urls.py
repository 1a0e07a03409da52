from django.urls import path

from criteria.screens.library import views

app_name = "library"

# A number is whatever the payer prints, so it may hold a slash.
urlpatterns = [
    path("", views.policies, name="policies"),
    path("<str:key>/changes/", views.choose, name="choose"),
    path("<str:key>/<path:number>/changes/", views.changes, name="changes"),
    path("<str:key>/<path:number>/changes.md", views.as_markdown, name="changes_markdown"),
    path("<str:key>/<path:number>/changes.pdf", views.as_pdf, name="changes_pdf"),
]
