"""Print what changed between two editions of a policy."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.management.editions import stored_edition
from criteria.policies.difference import difference
from criteria.policies.difference.markdown import markdown
from criteria.policies.difference.plain import plain
from criteria.policies.difference.words import refusal
from criteria.policies.edition import Edition
from criteria.policies.file.yamlfile import PolicyFileError, load_edition
from criteria.policies.stored.load import edition_of

BAD_INPUT = 2


class Command(BaseCommand):
    """Print what changed from the edition OLD to the edition NEW, as Markdown.

    Each is a policy file, or the key of a policy and the number of a stored edition, draft or
    published, with a colon between them.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """OLD NEW [--json]."""
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument("--json", action="store_true", help="as one JSON document")

    def handle(self, *args: object, old: str, new: str, json: bool, **_: object) -> None:
        """Find both, compare, print; the exit status says nothing of the difference."""
        before, after = _edition(old), _edition(new)
        if refused := refusal(before, after):
            raise CommandError(refused, returncode=BAD_INPUT)
        found = difference(before, after)
        self.stdout.write(_json(plain(found)) if json else markdown(found), ending="")


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _edition(name: str) -> Edition:
    """The edition a name stands for. Raises CommandError with what is wrong."""
    try:
        policy, colon, number = name.partition(":")
        if colon and not Path(name).exists():
            return edition_of(stored_edition(policy, number, joined=":", returncode=BAD_INPUT))
        return load_edition(name)[1]
    except PolicyFileError as error:
        raise CommandError(f"{name}:\n{error}", returncode=BAD_INPUT) from error
    except OSError as error:
        text = f"{name}: {error.strerror}. Give a policy file, or policy:number."
        raise CommandError(text, returncode=BAD_INPUT) from error
