"""The eight editions of the Medicare article: as plain data, and as stored rows."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from criteria.actions.policies.base import load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.models import PolicyVersion
from criteria.policies.codes.codebook import CodeFacts, ListingPeriod
from criteria.policies.edition import Edition
from criteria.policies.file.schema import PolicyFile
from criteria.rules.terms import CodeSystem
from tests.factories.shipped import load_shipped

PATHS = sorted((Path(settings.BASE_DIR) / "fixtures" / "policies").glob("cms-R*.yaml"))
DAY = "2021-06-30"


@cache
def medicare_files() -> dict[str, tuple[PolicyFile, Edition]]:
    """Each file with its edition, by number, read once a process."""
    return {edition.number: (file, edition) for file, edition in map(load_shipped, PATHS)}


def edition_on(day: date) -> Edition:
    """The edition in force on a day."""
    return next(edition for _, edition in medicare_files().values() if edition.in_force_on(day))


def publish_medicare_policies() -> dict[str, PolicyVersion]:
    """Every edition, published, by number; loaded if it is not stored."""
    stored = PolicyVersion.objects.published().filter(policy__key="cms")
    found = {version.number: version for version in stored}
    by = command_line_user()
    for number, (file, _) in medicare_files().items():
        if number not in found:
            found[number] = load_policy_file(file=file, by=by).version
            publish_version(version=found[number], by=by)
    return found


class FilesCodebook:
    """What the editions themselves and a few lines of ICD-10-CM say of a code.

    ``asked`` holds every code it was asked for.
    """

    KNOWN = (
        CodeFacts("D59", "Acquired hemolytic anemia", False, ("D59.0", "D59.10", "D59.11")),
        CodeFacts("G35", "Multiple sclerosis", False, ("G35.A", "G35.D")),
        CodeFacts("L12.0", "Bullous pemphigoid", True),
        CodeFacts("L10", "Pemphigus", False, ("L10.0", "L10.1")),
        CodeFacts("M05", "Rheumatoid arthritis", False, tuple(f"M05.{n}" for n in range(10, 22))),
    )

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.asked: list[str] = []

    def facts(self, code: str) -> CodeFacts | None:
        """What ICD-10-CM says."""
        self.asked.append(code)
        return next((known for known in self.KNOWN if known.code == code), None)

    def release(self) -> str:
        """None: ICD-10-CM is not known as a whole."""
        return ""

    def listed(self, policy: str, code: str) -> tuple[ListingPeriod, ...]:
        """When the editions list it, joined where they follow on."""
        self.asked.append(code)
        spans: list[ListingPeriod] = []
        for _, edition in medicare_files().values():
            first, until = edition.effective_from, edition.effective_until
            if edition.policy_key != policy or first == until:
                continue
            if (CodeSystem.ICD10, code) not in edition.codes:
                continue
            if spans and spans[-1].until == first:
                spans[-1] = ListingPeriod(spans[-1].first, until)
            else:
                spans.append(ListingPeriod(first, until))
        return tuple(spans)

    def is_code_on(self, code: str, day: date) -> bool:
        """Whether the edition in force lists it."""
        self.asked.append(code)
        inside = [e for _, e in medicare_files().values() if e.in_force_on(day)]
        found = [e.codes.get((CodeSystem.ICD10, code)) for e in inside]
        return any(each is not None and each.listed and each.valid_on(day) for each in found)
