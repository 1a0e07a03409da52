from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/", include("criteria.packet.urls")),
    path("preview/", include("criteria.preview.urls")),
    path("policies/", include("criteria.library.urls")),
    path("verify/", include("criteria.verify.urls")),
    path("", include("criteria.review.urls")),
    path("", include("criteria.wizard.urls")),
]
