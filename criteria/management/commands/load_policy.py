"""Take in policy files."""

from argparse import ArgumentParser

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from criteria.actions.policies.base import EditionRefusedError, load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import PolicyFileError, load_edition


class Command(BaseCommand):
    """Store policy files as drafts, all of them or none; with --publish, put them into force.

    A file that is stored already with the same content is left alone. Nothing stored is ever
    overwritten. Whoever runs this is the operator: no second person and no reasons for warnings
    are asked for, as they are on the publishing page.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE..., --publish, --close-previous and --by."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--publish", action="store_true", help="publish what was loaded, as the operator"
        )
        parser.add_argument(
            "--close-previous",
            action="store_true",
            help="with --publish: end the edition in force the day the new one starts",
        )
        parser.add_argument("--by", metavar="USERNAME", help="who is recorded as having done it")

    def handle(
        self,
        *args: object,
        files: list[str],
        publish: bool,
        close_previous: bool,
        by: str | None,
        **_: object,
    ) -> None:
        """Read every file before storing any."""
        read = self._read(files)
        try:
            with transaction.atomic():
                person = _person(by)
                for name, file in read.items():
                    version, done = _stored(file, person)
                    if publish and not version.is_locked:
                        publish_version(version=version, close_previous=close_previous, by=person)
                        done += ", published"
                    self.stdout.write(f"{name}: {version}: {done}")
        except (EditionRefusedError, PolicyFileError, PermissionDenied) as error:
            raise CommandError(str(error)) from error

    def _read(self, names: list[str]) -> dict[str, PolicyFile]:
        files, problems = {}, []
        for name in names:
            try:
                files[name], _ = load_edition(name)
            except (PolicyFileError, OSError) as error:
                problems.append(str(error))
        if problems:
            raise CommandError("\n".join(problems))
        return files


def _stored(file: PolicyFile, by: User) -> tuple[PolicyVersion, str]:
    loaded = load_policy_file(file=file, by=by)
    return loaded.version, "taken in" if loaded.is_new else "already stored, unchanged"


def _person(username: str | None) -> User:
    if username is None:
        return command_line_user()
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"There is no user {username}.")
    return found
