"""Set up the demonstration, and serve it."""

import subprocess
import sys
from argparse import ArgumentParser
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from criteria.management.commands.load_icd10 import is_loaded

ADDRESS = "127.0.0.1:8000"
SETUP = "sh ivigportal/deploy/setup"


class Command(BaseCommand):
    """Migrate, publish the policies, load the codes, and make four people and a few requests.

    Safe to run again: what it made once it never makes again or changes.
    """

    help = __doc__
    # The checks import what prints packets: a missing Pango is said first, in words.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--serve, with an address or without."""
        parser.add_argument(
            "--serve",
            nargs="?",
            const=ADDRESS,
            metavar="ADDRESS",
            help=f"then serve the site at ADDRESS ({ADDRESS} when left out)",
        )

    def handle(self, *args: object, serve: str | None, **_: object) -> None:
        """Make what is missing, say who can sign in, and serve if asked."""
        _refuse_production()
        _refuse_without_pango()
        self.check()
        address = serve or ADDRESS
        if address.isdecimal():
            address = f"127.0.0.1:{address}"
        call_command("migrate", interactive=False, verbosity=0)
        self._load_codes()
        self._make()
        self._say_who_signs_in(address)
        if serve:
            self.stdout.flush()
            call_command("runserver", address, use_reloader=False)

    def _load_codes(self) -> None:
        """Fill the table of ICD-10-CM in a process of its own: its memory ends with it."""
        if is_loaded():
            return
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "load_icd10"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            last = done.stderr.strip().rpartition("\n")[2]
            raise CommandError(f"The table of ICD-10-CM was not filled: {last}")
        self.stdout.write(done.stdout.strip())

    def _make(self) -> None:
        # Imported here: they print, and need Pango.
        from criteria.demo.clocks import keep_clocks
        from criteria.demo.people import ensure_people
        from criteria.demo.policies import publish_policies
        from criteria.demo.requests import make_requests
        from criteria.policies.file.problem import PolicyFileError

        ensure_people()
        try:
            for line in publish_policies():
                self.stdout.write(line)
        except PolicyFileError as error:
            raise CommandError(str(error)) from None
        for line in (*keep_clocks(), *make_requests()):
            self.stdout.write(line)

    def _say_who_signs_in(self, address: str) -> None:
        from criteria.demo.people import sign_ins

        self.stdout.write("\nWho can sign in (invented people, passwords known to everybody):")
        for person, password in sign_ins():
            known = f"password {password}" if password else "the password was changed"
            where = f"http://{address}{person.start}"
            self.stdout.write(f"  {person.username:6} {known:25} {where}  {person.does}")


def _refuse_production() -> None:
    if not settings.DEBUG:
        raise CommandError(
            "The demonstration makes accounts with passwords that everybody knows, so it runs "
            "only where DEBUG is true. For production, see the README: migrate, load_policy and "
            "createsuperuser."
        )


def _refuse_without_pango() -> None:
    try:
        import_module("weasyprint")
    except OSError as error:
        raise CommandError(
            "The packets are printed by WeasyPrint, which needs the Pango library of the system, "
            f"and that is not installed. On Debian, this installs it:\n\n    {SETUP}\n\n({error})"
        ) from None
