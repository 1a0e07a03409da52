"""Addresses of a preview: the edition and the name of a page, never a patient."""

from django.urls import path

from criteria.screens.preview import views

app_name = "preview"

urlpatterns = [
    path("<int:pk>/", views.tasks, name="tasks"),
    path("<int:pk>/result/", views.result, name="result"),
    path("<int:pk>/packet/", views.packet, name="packet"),
    path("<int:pk>/from-pathway/", views.pathway, name="from-pathway"),
    path("<int:pk>/start-again/", views.again, name="again"),
    path("<int:pk>/<slug:slug>/", views.page, name="page"),
]
