"""Judge requests given as JSON, or list the keys a request may answer."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from criteria.assessment import assess
from criteria.casefile.editions import EditionFinder
from criteria.casefile.keys import question_keys
from criteria.casefile.names import indication_of, pathway_of
from criteria.casefile.parse import ParsedCase, parse_case
from criteria.casefile.problem import CaseProblem, date_at
from criteria.casefile.report import report
from criteria.edition import Edition, Phase

USAGE = 2


class Command(BaseCommand):
    """One JSON object, or many as JSON Lines; one assessment a line, in the same order.

    Exit status 2 for a request that cannot be read: every mistake with its line and key, and
    nothing printed.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or --keys with the policy, indication and pathway."""
        parser.add_argument("file", nargs="?", help="JSON or JSON Lines; - is standard input")
        parser.add_argument("--keys", action="store_true", help="list the question keys instead")
        parser.add_argument("--policy", help="policy key, with --keys")
        parser.add_argument("--indication", help="key or name, with --keys")
        parser.add_argument("--pathway", help="key or name, with --keys")
        parser.add_argument("--phase", choices=[p.value for p in Phase], help="with --keys")
        parser.add_argument("--on", help="YYYY-MM-DD, with --keys; today when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run either form."""
        try:
            self._run(options)
        except DatabaseError as error:
            hint = "run demo, or migrate and load_policy --publish"
            raise CommandError(
                f"no policy can be read ({error}): {hint}", returncode=USAGE
            ) from None

    def _run(self, options: dict[str, Any]) -> None:
        if options["keys"]:
            self._keys(options)
        elif options["file"]:
            self._evaluate(options["file"])
        else:
            raise CommandError("expected a FILE, or --keys", returncode=USAGE)

    def _evaluate(self, file: str) -> None:
        find = EditionFinder()
        parsed: list[ParsedCase] = []
        problems: list[str] = []
        for line, value in _objects(_text(file)):
            try:
                parsed.append(parse_case(_loaded(value), find))
            except CaseProblem as problem:
                problems.append(f"{file}:{line}: {problem.key}: {problem.message}")
        if problems:
            raise CommandError("\n".join(problems), returncode=USAGE)
        for case in parsed:
            found = report(case, assess(case.edition, case.case))
            self.stdout.write(json.dumps(found, ensure_ascii=False))

    def _keys(self, options: dict[str, Any]) -> None:
        try:
            keys = _keys_of(options)
        except CaseProblem as problem:
            raise CommandError(f"{problem.key}: {problem.message}", returncode=USAGE) from None
        self.stdout.write(json.dumps(keys, ensure_ascii=False, indent=1))


def _keys_of(options: dict[str, Any]) -> list[dict[str, Any]]:
    for name in ("policy", "indication"):
        if not options[name]:
            raise CaseProblem(f"--{name}", "missing")
    on = date_at(options["on"], "--on") if options["on"] else timezone.localdate()
    edition = EditionFinder()(options["policy"], on)
    indication = indication_of(edition, options["indication"])
    phase = None if options["phase"] is None else Phase(options["phase"])
    pathway = _pathway(edition, indication, options["pathway"], phase)
    return question_keys(edition, indication, pathway, phase)


def _pathway(
    edition: Edition, indication: str, value: str | None, phase: Phase | None
) -> str | None:
    """The pathway named, in whichever phase it serves when none is given."""
    if value is None:
        return None
    try:
        return pathway_of(edition, indication, phase or Phase.INITIAL, value)
    except CaseProblem:
        return pathway_of(edition, indication, phase or Phase.CONTINUATION, value)


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: {error}", returncode=USAGE) from None


def _objects(text: str) -> Iterator[tuple[int, str]]:
    """The objects of a file with the line each begins on: the whole file, or one a line."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and not _is_json(lines[0][1]):
        yield lines[0][0], text
    else:
        yield from lines


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _loaded(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_unique
        )
    except CaseProblem:
        raise
    except (ValueError, RecursionError) as error:
        raise CaseProblem("case", f"not JSON: {error}") from None


def _no_constant(name: str) -> Any:
    raise CaseProblem("case", f"expected a number, got {name}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: a second one would silently win."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise CaseProblem(key, "the key is given twice")
        found[key] = value
    return found
