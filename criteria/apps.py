from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CriteriaConfig(AppConfig):
    name = "criteria"
    verbose_name = "Immune globulin criteria"

    def ready(self) -> None:
        from criteria.models.guards import check as guard_check  # noqa: F401  (registers its check)
        from criteria.papers.sign import check as sign_check  # noqa: F401  (registers its check)

        # On the turn of auth: the permissions of this app were made on its own.
        post_migrate.connect(_make_roles, sender=apps.get_app_config("auth"))


def _make_roles(**_: object) -> None:
    """Whoever runs an installation can give people their roles once its tables stand."""
    from criteria.actions.roles import ensure_roles

    ensure_roles()
