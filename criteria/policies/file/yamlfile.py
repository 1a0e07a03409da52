"""Policy files as YAML: read with every mistake placed on its line, written in one spelling."""

from os import PathLike
from pathlib import Path as FilePath

from pydantic import ValidationError

from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from criteria.policies.file.complaints import complaints
from criteria.policies.file.document import PolicyDocument, read_document
from criteria.policies.file.dump import dump_policy_file
from criteria.policies.file.problem import FileProblem, Path, PolicyFileError
from criteria.policies.file.schema import PolicyFile

__all__ = [
    "PolicyFileError",
    "FileProblem",
    "dump_policy_file",
    "load_edition",
    "read_edition",
    "read_policy_file",
]

# How many keys name a part that can be left out while the rest is looked at.
_PARTS = {"questions": 2, "indications": 2, "products": 2, "codes": 3, "history": 1, "notes": 1}


def read_policy_file(text: str, name: str) -> PolicyFile:
    """Read a policy file, without checking what its parts say of each other.

    Raises PolicyFileError with every problem as ``name:line: where: what was expected``.
    """
    document = read_document(text)
    file, problems = _validated(document)
    if file is None or problems:
        raise _error(problems, document, name)
    return file


def read_edition(text: str, name: str) -> tuple[PolicyFile, Edition]:
    """Read a policy file and compile it. Raises PolicyFileError with every problem in it."""
    document = read_document(text)
    file, problems = _validated(document)
    edition, more = _compiled(file or _sound(document, problems))
    left_out = {str(problem.path[1]) for problem in problems if len(problem.path) > 1}
    problems += [problem for problem in more if problem.refers_to not in left_out]
    if file is None or edition is None or problems:
        raise _error(problems, document, name)
    return file, edition


def load_edition(path: str | PathLike[str]) -> tuple[PolicyFile, Edition]:
    """Read and compile the policy file at ``path``. Raises PolicyFileError and OSError."""
    try:
        text = FilePath(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = FileProblem((), "expected UTF-8 text", file=str(path), line=line)
        raise PolicyFileError([problem]) from error
    return read_edition(text, str(path))


def _validated(document: PolicyDocument) -> tuple[PolicyFile | None, list[FileProblem]]:
    """The typed file, if it is one, and what is wrong with it."""
    problems = list(document.problems)
    if document.data is None:
        return None, problems
    unread = {problem.path for problem in problems}
    try:
        return PolicyFile.model_validate(document.data), problems
    except ValidationError as error:
        found = complaints(error, document.data)
        return None, problems + [problem for problem in found if problem.path not in unread]


def _sound(document: PolicyDocument, problems: list[FileProblem]) -> PolicyFile | None:
    """The file without the parts that have problems; None when too little is left."""
    data = document.data
    for problem in problems:
        keys = problem.path[: _PARTS.get(str(problem.path[0]), 1)] if problem.path else ()
        data = _without(data, keys)
    try:
        return PolicyFile.model_validate(data)
    except ValidationError:
        return None


def _without(data: object, keys: Path) -> object:
    if not keys or not isinstance(data, dict) or keys[0] not in data:
        return data
    first, rest = keys[0], keys[1:]
    changed = {key: value for key, value in data.items() if key != first}
    return {**changed, first: _without(data[first], rest)} if rest else changed


def _compiled(file: PolicyFile | None) -> tuple[Edition | None, list[FileProblem]]:
    if file is None:
        return None, []
    try:
        return compile_edition(file), []
    except PolicyFileError as error:
        return None, list(error.problems)


def _error(problems: list[FileProblem], document: PolicyDocument, name: str) -> PolicyFileError:
    """The problems with file and line, in the order they stand in the file."""
    placed = [
        FileProblem(p.path, p.message, p.refers_to, name, p.line or document.line_of(p.path))
        for p in problems
    ]
    return PolicyFileError(sorted(placed, key=lambda problem: problem.line))
