"""Write a stored edition as a policy file."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from criteria.management.editions import stored_edition
from criteria.policies.file.yamlfile import PolicyFileError, dump_policy_file
from criteria.policies.stored.export import export


class Command(BaseCommand):
    """Write the edition NUMBER of POLICY (its key) to FILE, or to standard output."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """POLICY NUMBER [FILE]."""
        parser.add_argument("policy", metavar="POLICY")
        parser.add_argument("number", metavar="NUMBER")
        parser.add_argument("file", nargs="?", metavar="FILE")

    def handle(
        self, *args: object, policy: str, number: str, file: str | None, **_: object
    ) -> None:
        """Find it, write it."""
        try:
            text = dump_policy_file(export(stored_edition(policy, number)))
            if file is not None:
                Path(file).write_text(text, encoding="utf-8")
        except PolicyFileError as error:
            raise CommandError(f"The draft is unfinished:\n{error}") from error
        except OSError as error:
            raise CommandError(str(error)) from error
        if file is None:
            self.stdout.write(text, ending="")
