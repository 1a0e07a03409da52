"""Fill the table of ICD-10-CM codes."""

import re
from collections.abc import Iterator
from importlib import metadata

from django.core.management.base import BaseCommand, CommandError

from criteria.actions.icd10 import NewCode, load_codes
from criteria.actions.roles import command_line_user
from criteria.policies.codes.lookup import release

PACKAGE = "simple-icd-10-cm"


class Command(BaseCommand):
    """Fill the table of ICD-10-CM codes from the package simple-icd-10-cm.

    To take in a newer release, install a newer package and run it again. A second run changes
    nothing.
    """

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        """Read the package, replace what is stored, and say what was done."""
        codes, name = list(packaged_codes()), packaged_release()
        changes = load_codes(codes=codes, release=name, by=command_line_user())
        billable = sum(code.billable for code in codes)
        told = f"ICD-10-CM, release {name}: {len(codes):,} codes, {billable:,} of them billable."
        if changes is None:
            self.stdout.write(f"{told} Nothing changed.")
        else:
            self.stdout.write(
                f"{told} {changes.added:,} added, {changes.removed:,} removed, "
                f"{changes.changed:,} changed."
            )


def packaged_release() -> str:
    """The release the installed package brings, such as "April 2026"; its codes are not read.

    Raises CommandError when it is not installed.
    """
    try:
        files = metadata.files(PACKAGE) or ()
    except metadata.PackageNotFoundError:
        raise CommandError(f"The package {PACKAGE} is not installed.") from None
    names = (re.fullmatch(r"code-list-(\w+)-(\d{4})\.txt", file.name) for file in files)
    found = next((" ".join(name.groups()) for name in names if name), "")
    return found or f"of {PACKAGE} {metadata.version(PACKAGE)}"


def is_loaded() -> bool:
    """Whether the table is of the release the installed package brings."""
    return release() == packaged_release()


def packaged_codes() -> Iterator[NewCode]:
    """Every code and heading of the package; its chapters and blocks are not codes."""
    # Imported here and nowhere else: it takes 193 MB, which no web process should carry.
    import simple_icd_10_cm as package

    # A block of one category bears its name: the list then has it twice.
    for code in dict.fromkeys(package.get_all_codes(with_dots=True)):
        if package.is_category_or_subcategory(code):
            yield NewCode(
                code=code,
                description=package.get_description(code),
                billable=package.is_leaf(code),
                parent=package.get_parent(code) if "." in code else "",
            )
