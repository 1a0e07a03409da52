"""Judge the requests an edition would touch, from the command line."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from criteria.actions.impact import edition_for, start, step, stop
from criteria.actions.policies.base import EditionRefusedError
from criteria.actions.roles import command_line_user
from criteria.management.editions import stored_edition
from criteria.models import ImpactRun, ImpactState
from criteria.papers.csvfile import csv_lines
from criteria.requests.impact.judging import ImpactJudge
from criteria.requests.impact.table import ImpactSummary, table

BAD_INPUT = 2
SECONDS = 5.0


class Command(BaseCommand):
    """Judge every open request by edition NUMBER of POLICY and say how many change.

    Nothing of a request is changed. A draft can be judged by, and a published edition.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """POLICY NUMBER [--decided-months N] [--csv FILE]."""
        parser.add_argument("policy", metavar="POLICY", help="the key of the policy, such as uhc")
        parser.add_argument("number", metavar="NUMBER")
        parser.add_argument("--decided-months", type=int, metavar="N", help="also those decided")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write what changes there")

    def handle(
        self,
        *args: object,
        policy: str,
        number: str,
        decided_months: int | None,
        csv: Path | None,
        **_: object,
    ) -> None:
        """Run to the end, telling how far it is."""
        by = command_line_user()
        version = stored_edition(policy, number, returncode=BAD_INPUT)
        try:
            run = start(version=version, decided_months=decided_months, by=by)
            run = self._run(run)
        except (EditionRefusedError, PermissionDenied) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        except KeyboardInterrupt:
            stop(run=run, by=by)
            raise
        self._tell(run)
        if csv is not None:
            with csv.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(table(run)))

    def _run(self, run: ImpactRun) -> ImpactRun:
        judge = ImpactJudge(edition_for(run.version).edition)
        while run.state == ImpactState.RUNNING:
            run = step(run=run, seconds=SECONDS, judge=judge)
            self.stdout.write(f"{run.done:,} of {max(run.total, run.done):,} requests judged")
        return run

    def _tell(self, run: ImpactRun) -> None:
        if run.state == ImpactState.STOPPED:
            raise CommandError("The edition was changed meanwhile, or somebody stopped the run.")
        for line in ImpactSummary(run).lines:
            self.stdout.write(line)
