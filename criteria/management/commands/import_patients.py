"""Keep the cases of files as example patients of a policy."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from criteria.actions.example_patients.importing import reading_edition, take_in
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.roles import command_line_user
from criteria.models import Policy, PolicyVersion
from criteria.requests.case_files.cases import CaseFileError
from criteria.requests.case_files.patients_file import GENERAL

BAD_INPUT = 2


class Command(BaseCommand):
    """Keep the cases of FILES as example patients of POLICY, all of them or none.

    A patient is named by its file and the name of the case. What is stored and the same is left
    alone; what differs is told, and written over only with --replace.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """POLICY FILES... [--edition NUMBER] [--replace]."""
        parser.add_argument("policy", metavar="POLICY", help="the key of the policy, such as uhc")
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--edition", metavar="NUMBER", help="by whose questions they are read")
        parser.add_argument("--replace", action="store_true", help="write over what differs")

    def handle(
        self,
        *args: object,
        policy: str,
        files: list[str],
        edition: str | None,
        replace: bool,
        **_: object,
    ) -> None:
        """Read every file before keeping any patient."""
        texts = {name: _text(name) for name in files}
        beside = Path(files[0]).parent / GENERAL
        general = _text(str(beside)) if beside.exists() else ""
        try:
            taken = take_in(
                version=_version(policy, edition),
                texts=texts,
                general=general,
                replace=replace,
                by=command_line_user(),
            )
        except (CaseFileError, EditionRefusedError, PermissionDenied) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        for line in taken.lines:
            self.stdout.write(line)


def _text(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}.", returncode=BAD_INPUT) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: expected UTF-8 text.", returncode=BAD_INPUT) from error


def _version(key: str, number: str | None) -> PolicyVersion:
    policy = Policy.objects.filter(key=key).first()
    if policy is None:
        known = ", ".join(Policy.objects.values_list("key", flat=True)) or "none"
        raise CommandError(f"There is no policy {key}. Stored: {known}.", returncode=BAD_INPUT)
    found = policy.versions.filter(number=number).first() if number else reading_edition(policy)
    if found is None:
        text = f"There is no edition {number or 'at all'} of {key}."
        raise CommandError(text, returncode=BAD_INPUT)
    return found
