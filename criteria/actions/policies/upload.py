"""Takes in a policy file that is uploaded: checked whole, looked at, stored when confirmed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from criteria.accounts.permissions import Permission, require
from criteria.actions.policies.base import load_policy_file
from criteria.models import Policy, PolicyVersion
from criteria.models.version import IN_FORCE_SOMETIME
from criteria.policies.checks.check import EditionProblem, edition_problems
from criteria.policies.edition import Edition
from criteria.policies.file.document import PolicyDocument, read_document
from criteria.policies.file.problem import FileProblem, PolicyFileError
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import read_edition
from criteria.policies.stored.load import edition_columns
from criteria.policies.stored.load_rows import VersionRows

# The largest policy we know is 0.3 MB.
MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that can be stored as a draft of its policy; ``warnings`` with their lines."""

    file: PolicyFile
    edition: Edition
    warnings: tuple[tuple[int, EditionProblem], ...]


def text_of(data: bytes, name: str) -> str:
    """The text of an uploaded file. Raises PolicyFileError for one too large, or no UTF-8."""
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:,.1f} MB"
        raise _refused(name, 1, f"expected a policy file of at most 2 MB, got {size}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(name, line, "expected UTF-8 text: save the file as UTF-8") from error


def _refused(name: str, line: int, message: str) -> PolicyFileError:
    return PolicyFileError([FileProblem((), message, file=name, line=line)])


def read_upload(*, text: str, name: str, policy: Policy) -> Upload:
    """Check everything of a file that is to become a draft of ``policy``; nothing is stored.

    Raises PolicyFileError with every mistake and its line, of the file and of what is stored.
    """
    document = read_document(text)
    problems = [_placed(problem, document, name) for problem in _misfits(document.data, policy)]
    try:
        file, edition = read_edition(text, name)
    except PolicyFileError as error:
        raise _all([*error.problems, *problems]) from error
    problems += [_placed(problem, document, name) for problem in _row_problems(file, policy)]
    if problems:
        raise _all(problems)
    warned = ((document.line_of(p.path), p) for p in edition_problems(edition))
    return Upload(file, edition, tuple(sorted(warned, key=lambda each: each[0])))


def _all(problems: list[FileProblem]) -> PolicyFileError:
    return PolicyFileError(sorted(problems, key=lambda problem: problem.line))


def _placed(problem: FileProblem, document: PolicyDocument, name: str) -> FileProblem:
    line = document.line_of(problem.path)
    return FileProblem(problem.path, problem.message, problem.refers_to, name, line)


def _misfits(data: object, policy: Policy) -> Iterator[FileProblem]:
    """What does not go with the policy, and with what is stored of it already."""
    said = _mapping(data, "policy")
    if "key" in said and said["key"] != policy.key:
        message = f"expected {policy.key!r}, the key of {policy}; upload it at its own policy"
        yield FileProblem(("policy", "key"), message)
    else:
        for column in ("name", "payer", "line_of_business"):
            stored = getattr(policy, column)
            if column in said and said[column] != stored:
                yield FileProblem(("policy", column), f"expected {stored!r}, as the policy has it")
    number = _mapping(data, "edition").get("number")
    found = policy.versions.filter(number=number).first() if isinstance(number, str) else None
    if found is not None:
        message = (
            f"edition {number} is stored already ({found.get_status_display().lower()}) and is "
            "never overwritten: give the file another number"
        )
        yield FileProblem(("edition", "number"), message)


def _mapping(data: object, key: str) -> Mapping[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _row_problems(file: PolicyFile, policy: Policy) -> Iterator[FileProblem]:
    """What no column can hold, such as a number with too many digits."""
    version = PolicyVersion(policy=policy, **edition_columns(file))
    try:
        version.clean_fields(exclude=["policy"])
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield FileProblem(("edition", column), " ".join(messages))
    rows = VersionRows(version, file)
    rows.add_all()
    yield from rows.batch.problems


def base_of(policy: Policy) -> PolicyVersion | None:
    """The edition a new draft follows: the one in force, or the one that was last."""
    published = PolicyVersion.objects.filter(policy=policy).select_related("policy")
    in_force = published.in_force_on(timezone.localdate()).first()
    return (
        in_force
        or published.published().filter(IN_FORCE_SOMETIME).order_by("-effective_from").first()
    )


@transaction.atomic
def take_upload(*, policy: Policy, text: str, name: str, by: User) -> PolicyVersion:
    """Store an uploaded file as a draft that goes back to the edition in force.

    It is read and checked again: the edition may have been stored meanwhile. Nothing that is
    stored changes. Raises PermissionDenied and PolicyFileError.
    """
    require(by, Permission.EDIT_POLICY)
    Policy.objects.select_for_update().get(pk=policy.pk)
    upload = read_upload(text=text, name=name, policy=policy)
    version = load_policy_file(file=upload.file, by=by).version
    version.base = base_of(policy)
    version.save()
    return version
