from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = "Immune globulin criteria"

    def ready(self) -> None:
        from criteria.models.guards import check as guard_check  # noqa: F401  (registers its check)
        from criteria.models.history.tracking import track_changes
        from criteria.papers.sign import check as sign_check  # noqa: F401  (registers its check)

        track_changes(self)
