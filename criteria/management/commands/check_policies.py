"""Count what policies hold and find what is wrong with them."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from criteria.models import PolicyVersion
from criteria.policies.checks.check import EditionProblem, counts, edition_problems, unusable
from criteria.policies.edition import Edition
from criteria.policies.file.document import read_document
from criteria.policies.file.places import line_in
from criteria.policies.file.yamlfile import PolicyFileError, load_edition
from criteria.policies.stored.load import edition_of
from criteria.rules.formats import counted
from criteria.rules.problem import LintSeverity
from criteria.rules.terms import CodeSystem

Report = dict[str, Any]


class Command(BaseCommand):
    """Every stored edition; with --files, policy files instead. Exit status 1 for errors."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--json and --files."""
        parser.add_argument("--json", action="store_true", help="one JSON list, in a stable order")
        parser.add_argument("--files", nargs="+", metavar="FILE", default=[])

    def handle(self, *args: object, files: list[str], json: bool, **_: object) -> None:
        """Report on each, then say whether there were errors."""
        reports = list(_of_files(files) if files else _of_stored())
        if json:
            self.stdout.write(_json(reports))
        else:
            for report in reports:
                self.stdout.write("\n".join(_lines(report)))
        errors = sum(p["severity"] == LintSeverity.ERROR for r in reports for p in r["problems"])
        if errors:
            raise CommandError(f"{counted(errors, 'error')}.", returncode=1)


def _json(reports: list[Report]) -> str:
    return json.dumps(reports, ensure_ascii=False, indent=1)


def _of_stored() -> Iterator[Report]:
    versions = PolicyVersion.objects.select_related("policy")
    for version in versions.order_by("policy__key", "effective_from", "number"):
        about = {"policy": version.policy.key, "number": version.number, "status": version.status}
        try:
            edition = edition_of(version)
        except PolicyFileError as error:
            yield _report(about, None, unusable(error))
        else:
            yield _report(about, edition, list(edition_problems(edition)))


def _of_files(names: list[str]) -> Iterator[Report]:
    for name in names:
        try:
            file, edition = load_edition(name)
        except PolicyFileError as error:
            yield _report({"file": name}, None, unusable(error))
        except OSError as error:
            raise CommandError(str(error)) from error
        else:
            about = {"policy": file.policy.key, "number": file.edition.number, "file": name}
            yield _report(about, edition, _placed(list(edition_problems(edition)), name))


def _placed(problems: list[EditionProblem], name: str) -> list[EditionProblem]:
    """The problems of a file, each with its line, in the order of the file."""
    if not problems:
        return []
    document = read_document(FilePath(name).read_text(encoding="utf-8"))
    placed = [replace(p, line=line_in(document, p.path)) for p in problems]
    return sorted(placed, key=lambda problem: problem.line)


def _report(
    about: dict[str, str], edition: Edition | None, problems: list[EditionProblem]
) -> Report:
    return {
        **about,
        "counts": {} if edition is None else _counted(edition),
        "problems": [
            {"severity": p.severity.value, "code": p.code, "where": p.where, "message": p.message}
            | ({"line": p.line} if p.line else {})
            for p in problems
        ],
    }


def _counted(edition: Edition) -> Report:
    """How much an edition holds; codes it maps beyond the policy's own list stand apart."""
    every = edition.codes.values()
    listed, beside = (
        {
            system.value: sum(code.listed is own for code in every if code.system is system)
            for system in CodeSystem
        }
        for own in (True, False)
    )
    return counts(edition) | {"codes": listed, "codes_not_listed": beside}


def _lines(report: Report) -> Iterator[str]:
    names = ("policy", "number", "status", "file")
    yield " ".join(str(report[name]) for name in names if name in report)
    for name, count in report["counts"].items():
        parts = f"{sum(count.values())} ({_listed(count)})" if isinstance(count, dict) else count
        yield f"  {name.replace('_', ' ')}: {parts}"
    for p in report["problems"]:
        place = f"{report['file']}:{p['line']}: " if "line" in p else ""
        yield f"  {p['severity']}: {place}{p['where'] or 'the file'}: {p['message']}"
    if not report["problems"]:
        yield "  no problems"


def _listed(count: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in count.items())
