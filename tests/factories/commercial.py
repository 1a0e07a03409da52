"""The real commercial policy as stored rows, read from its file once a process."""

from pathlib import Path

from django.conf import settings

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from criteria.policies.edition import Edition
from criteria.policies.file.schema import PolicyFile
from tests.factories.shipped import load_shipped

NUMBER = "2021D0035AD"
PATH = Path(settings.BASE_DIR) / "fixtures" / "policies" / f"uhc-{NUMBER}.yaml"


def commercial_file() -> PolicyFile:
    """The policy file, read and checked."""
    return load_shipped(PATH)[0]


def commercial_edition() -> Edition:
    """The edition it makes, without a database."""
    return load_shipped(PATH)[1]


def publish_commercial_policy() -> PolicyVersion:
    """The published edition; loaded and published if it is not stored."""
    found = PolicyVersion.objects.published().filter(number=NUMBER).first()
    if found is not None:
        return found
    by = command_line_user()
    version = load_policy_file(file=commercial_file(), by=by).version
    publish_version(version=version, by=by)
    return version
