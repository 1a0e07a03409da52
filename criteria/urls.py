from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("requests/", include("criteria.screens.downloads.urls")),
    path("preview/", include("criteria.screens.preview.urls")),
    path("policies/", include("criteria.screens.library.urls")),
    path("verify/", include("criteria.screens.verify.urls")),
    path("", include("criteria.screens.review.urls")),
    path("", include("criteria.screens.wizard.urls")),
]
