from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = "Immune globulin criteria"

    def ready(self) -> None:
        from criteria.models import guard_check  # noqa: F401  (registers its check)
        from criteria.models.change_tracking import track_changes
        from criteria.packet import sign_check  # noqa: F401  (registers its check)

        track_changes(self)
