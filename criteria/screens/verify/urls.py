from django.urls import path

from criteria.screens.verify import views

app_name = "verify"

urlpatterns = [path("", views.verify, name="verify")]
