"""Judge requests given as JSON, or list the keys a request may answer."""

import json
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from decimal import Decimal
from inspect import cleandoc
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, DjangoHelpFormatter
from django.db import DatabaseError
from django.utils import timezone

from criteria.policies.codes.stored_codebook import CODEBOOK
from criteria.policies.edition import Edition
from criteria.requests.assessment.assess import assess
from criteria.requests.case_files.editions import EditionFinder
from criteria.requests.case_files.keys import question_keys
from criteria.requests.case_files.names import indication_of, pathway_of
from criteria.requests.case_files.parse import ParsedCase, parse_case
from criteria.requests.case_files.report import report
from criteria.rules.json_values import CaseProblemError, date_at
from criteria.rules.terms import TherapyPhase

USAGE = 2
# A whole number longer than this stays text, so that the key it stands at can be named.
LONG_DIGITS = 40
LAYOUT = """\
policy, on (YYYY-MM-DD), indication, phase (initial, continuation); where known also
id         yours, handed back
pathway    where the indication has several for the phase
edition    number of the edition to judge by, whatever the day; left out, the one in force then
icd10      one code or a list, the main one first
answers    {key: answer}, keys and forms as listed by --keys. The general requirements are
           questions like any other; "indication" itself states the diagnosis
patient    {weight_kg or weight_lb, date_of_birth or age_years}
prescriber {specialty; consultant_specialty; consulted: false when nobody was}
place      home, self (at home, by the patient), office, outpatient, hospital-outpatient, inpatient
product    brand, with the strength where it has several
dose       {mg_per_kg, g_per_kg or g;
            basis: per_day (on each of the days), total (of one course), per_dose (one infusion);
            days; consecutive: true when left out;
            interval: monthly, weekly, "every 3 weeks", once; or interval_days;
            courses; courses_before: given before this request, none when left out;
            induction; route: IV, SC; authorization_months;
            planned: {day_of_therapy, day_after_transplant, day_after_discontinuation}
            of the last planned dose of all;
            earlier: {kind: iv, sc or new; g of one dose; interval or interval_days;
            igg_trough_mg_per_dl and igg_target_mg_per_dl, both under sc}, what the label of a
            subcutaneous product starts from;
            then: {amount, basis, days, consecutive, interval, courses as above;
            begins_after_days: from the start of the last course before, left out as often as it
            is given} for what follows, such as weekly, then monthly}
Whatever else is left out or null is not stated, and never taken for a no.
"""


class _Help(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    """Options in Django's order, the layout of a request as it is written."""


class Command(BaseCommand):
    """One JSON object, or many as JSON Lines; one assessment a line, in the same order.

    Exit status 2 for a request that cannot be read: every mistake with its line and key, and
    nothing printed.
    """

    help = cleandoc(__doc__ or "")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, or --keys with the policy, indication and pathway."""
        parser.formatter_class = _Help
        parser.epilog = LAYOUT
        parser.add_argument("file", nargs="?", help="JSON or JSON Lines; - is standard input")
        parser.add_argument("--keys", action="store_true", help="list the question keys instead")
        parser.add_argument("--policy", help="policy key, with --keys")
        parser.add_argument("--indication", help="key or name, with --keys")
        parser.add_argument("--pathway", help="key or name, with --keys")
        parser.add_argument("--phase", choices=[p.value for p in TherapyPhase], help="with --keys")
        parser.add_argument("--on", help="YYYY-MM-DD, with --keys; today when left out")

    def handle(self, *args: object, **options: object) -> None:
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
        for line, text in _objects(_text(file)):
            try:
                parsed.append(parse_case(_loaded(text), find, find.named))
            except _NotJsonError as error:
                problems.append(f"{file}:{line + error.line - 1}: case: {error}")
            except CaseProblemError as problem:
                for one in problem.every:
                    at = line + _line_of(one.key, text) - 1
                    problems.append(f"{file}:{at}: {one.key}: {one.message}")
        if not parsed and not problems:
            problems = [f"{file}: expected a request, the file holds none"]
        if problems:
            raise CommandError("\n".join(problems), returncode=USAGE)
        for case in parsed:
            found = report(case, assess(case.edition, case.case, CODEBOOK))
            self.stdout.write(_printable(found, self.stdout))

    def _keys(self, options: dict[str, Any]) -> None:
        try:
            keys = _keys_of(options)
        except CaseProblemError as problem:
            raise CommandError(f"{problem.key}: {problem.message}", returncode=USAGE) from None
        self.stdout.write(json.dumps(keys, ensure_ascii=False, indent=1))


def _keys_of(options: dict[str, Any]) -> list[dict[str, Any]]:
    for name in ("policy", "indication"):
        if not options[name]:
            raise CaseProblemError(f"--{name}", "missing")
    on = date_at(options["on"], "--on") if options["on"] else timezone.localdate()
    edition = EditionFinder()(options["policy"], on)
    indication = indication_of(edition, options["indication"])
    phase = None if options["phase"] is None else TherapyPhase(options["phase"])
    pathway = _pathway(edition, indication, options["pathway"], phase)
    return question_keys(edition, indication, pathway, phase)


def _pathway(
    edition: Edition, indication: str, value: str | None, phase: TherapyPhase | None
) -> str | None:
    """The pathway named, in whichever phase it serves when none is given."""
    if value is None:
        return None
    try:
        return pathway_of(edition, indication, phase or TherapyPhase.INITIAL, value)
    except CaseProblemError:
        return pathway_of(edition, indication, phase or TherapyPhase.CONTINUATION, value)


def _printable(found: dict[str, Any], out: object) -> str:
    """One JSON line; what the output cannot show, or a reader takes for a line end, is escaped."""
    text = json.dumps(found, ensure_ascii=False)
    try:
        text.encode(getattr(out, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(found)
    return text if len(text.splitlines()) == 1 else json.dumps(found)


def _text(file: str) -> str:
    """The text of a file, without the mark some editors put before it."""
    try:
        if file == "-":
            return sys.stdin.read().removeprefix("\ufeff")
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{file}:{line}: case: not UTF-8 text", returncode=USAGE) from None
    except OSError as error:
        raise CommandError(f"{file}: {error}", returncode=USAGE) from None


def _objects(text: str) -> Iterator[tuple[int, str]]:
    """The objects of a file with the line each begins on: the whole file, or one a line.

    A first line that is no object begins an indented one, unless a later line is one by itself.
    """
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) < 2 or _is_object(lines[0][1]):
        yield from lines
    elif _is_object(text) or not any(_is_object(line) for _, line in lines[1:]):
        first = lines[0][0]
        yield first, "\n".join(text.split("\n")[first - 1 :])
    else:
        yield from lines


def _is_object(text: str) -> bool:
    if not text.lstrip().startswith("{"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _line_of(key: str, text: str) -> int:
    """The line of an object on which a dotted key stands; the first where it is missing."""
    at = 0
    for part in re.split(r"\.|\[\d+\]", key):
        found = re.compile(rf"{re.escape(json.dumps(part, ensure_ascii=False))}\s*:").search(
            text, at
        )
        if part and found:
            at = found.start()
    return text.count("\n", 0, at) + 1


class _NotJsonError(Exception):
    """What keeps a text from being JSON, and the line of the text it stands on."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(f"not JSON: {message}")
        self.line = line


def _loaded(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as error:
        raise _NotJsonError(f"{error.msg}, column {error.colno}", error.lineno) from None
    except RecursionError:
        raise _NotJsonError("too deeply nested") from None


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) < LONG_DIGITS else Decimal(digits)


def _no_constant(name: str) -> NoReturn:
    raise CaseProblemError("case", f"expected a number, got {name}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: a second one would silently win."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise CaseProblemError(key, "the key is given twice")
        found[key] = value
    return found
