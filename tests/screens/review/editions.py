"""A newer edition of the commercial policy, in force while a request is under review."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from criteria.policies.file.document import read_document
from criteria.policies.file.schema import PolicyFile
from tests.factories.commercial import PATH

NUMBER, REWORDED = "2026D0035AE", "For how many months, in all?"


def publish_newer(first_day: date | None = None, *, without_pathway: bool = False) -> PolicyVersion:
    """One question reworded and a smaller dose for CIDP; in force since yesterday.

    ``without_pathway``: with no criteria for a first CIDP request.
    """
    said: Any = read_document(PATH.read_text(encoding="utf-8")).data
    said["edition"]["number"] = NUMBER
    said["edition"]["effective_from"] = first_day or timezone.localdate() - timedelta(days=1)
    said["questions"]["cidp_months_progressive"]["ask"] = REWORDED
    limit = said["indications"]["cidp"]["pathways"]["initial"]["dose"][0]
    limit["max_mg_per_kg"] = Decimal(1800)
    if without_pathway:
        del said["indications"]["cidp"]["pathways"]["initial"]
    by = command_line_user()
    version = load_policy_file(file=PolicyFile.model_validate(said), by=by).version
    publish_version(version=version, by=by, close_previous=True)
    return version
