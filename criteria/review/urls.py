from django.urls import path

from criteria.review import views

app_name = "review"

urlpatterns = [path("worklist/", views.worklist, name="worklist")]
