from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = "Immune globulin criteria"

    def ready(self) -> None:
        from criteria.models.change_tracking import track_changes

        track_changes(self)
