"""Files of cases as example patients of one policy: named by their file, dated by its edition."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from criteria.policies.edition import Edition
from criteria.policies.file.document import read_document
from criteria.requests.case import Case
from criteria.requests.case_files.cases import (
    CaseFile,
    CaseFileError,
    CaseFileProblem,
    PolicyCase,
    read_cases,
)
from criteria.requests.case_files.cases_laying import Json
from criteria.requests.case_files.names import GENERAL_ALONE
from criteria.requests.case_files.parse import parse_case
from criteria.rules.json_values import CaseProblemError

LONGEST_NAME = 200
GENERAL = "general.yaml"


@dataclass(frozen=True, slots=True)
class ReadPatient:
    """A patient as a file states it."""

    name: str
    words: str
    stated: Json
    expected: str


@dataclass(slots=True)
class ReadPatients:
    """The patients of some files; ``left_out``: why a case is none, with how many."""

    patients: list[ReadPatient] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, why: str) -> None:
        """Count one more case that is no patient."""
        self.left_out[why] = self.left_out.get(why, 0) + 1


def read_patients(
    texts: Mapping[str, str],
    edition: Edition,
    is_its_day: Callable[[date], bool],
    general: str = "",
) -> ReadPatients:
    """The patients of files, by name of file; ``edition`` says what may be stated.

    ``general``: text of the file that answers the general requirements, if it is not among them.
    A case of another time than the edition's is left out: it would be judged otherwise for its
    date alone. Raises CaseFileError with every mistake of every file, with its line.
    """
    met = _met({**texts, GENERAL: general} if general else texts)
    read = ReadPatients()
    problems: list[CaseFileProblem] = []
    for name, text in texts.items():
        try:
            file = read_cases(text, name, met)
            problems += _of_file(file, edition, is_its_day, read)
        except CaseFileError as error:
            problems += error.problems
    if problems:
        raise FilesError(problems)
    return read


class FilesError(CaseFileError):
    """Mistakes of several files, file by file."""

    def __init__(self, problems: Iterable[CaseFileProblem]) -> None:
        """Keep them in the order of the files."""
        self.problems = tuple(problems)
        Exception.__init__(self, "\n".join(map(str, self.problems)))


def _met(texts: Mapping[str, str]) -> Json | None:
    """What "general: met" answers, if the file that says so is among them."""
    for name, text in texts.items():
        if PurePath(name).name == GENERAL:
            data = read_document(text).data
            met = data.get("met") if isinstance(data, dict) else None
            return met if isinstance(met, dict) else None
    return None


def _of_file(
    file: CaseFile,
    edition: Edition,
    is_its_day: Callable[[date], bool],
    read: ReadPatients,
) -> Iterator[CaseFileProblem]:
    if file.policy != edition.policy_key:
        line = file.document.line_of(("policy",))
        words = f"cases of {file.policy}, not of {edition.policy_key}"
        yield CaseFileProblem(file.name, line, words)
        return
    for case in file.cases:
        stated = {key: value for key, value in case.request.items() if key != "policy"}
        name = f"{PurePath(file.name).stem}: {case.name}"
        if len(name) > LONGEST_NAME:
            line, most = file.line_of(case), LONGEST_NAME
            yield CaseFileProblem(file.name, line, f"a name of more than {most} characters")
        elif case.known_fault:
            read.leave_out("the software does not judge them right yet (known_fault)")
        elif not is_its_day(date.fromisoformat(str(stated["on"]))):
            read.leave_out("dated outside the time of the newest edition")
        else:
            try:
                use = _use(parse_case(case.request, lambda policy, on: edition).case)
            except CaseProblemError as problem:
                yield from _unfit(file, case, problem)
            else:
                expected = str(case.expected["expect"])
                read.patients.append(ReadPatient(name, _words(case), stated | use, expected))


def _words(case: PolicyCase) -> str:
    named: list[Any] = case.expected.get("fails") or case.expected.get("open") or []
    rests = f"Rests on {', '.join(map(str, named))}." if named else ""
    cited = f"Line {case.line} of the policy." if case.line else ""
    return " ".join(filter(None, (rests, cited)))


def _use(case: Case) -> Json:
    """Indication and pathway by their keys, so that the patients of a pathway are found."""
    pathway = {} if case.pathway is None else {"pathway": case.pathway}
    return {"indication": case.indication or GENERAL_ALONE} | pathway


def _unfit(
    file: CaseFile, case: PolicyCase, problem: CaseProblemError
) -> Iterator[CaseFileProblem]:
    """What of a case the edition cannot read."""
    for one in problem.every:
        line = file.line_of(case, one.key)
        yield CaseFileProblem(file.name, line, f"“{case.name}”: {one.key}: {one.message}")
