"""Adds the files of one form: each is an enclosure of its own, or is refused for its own reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File

from criteria.actions.requests.enclosures import FullError, add_enclosure
from criteria.models import AuthorizationRequest
from criteria.requests.enclosures.checking import checked
from criteria.requests.enclosures.names import shown_name, title_from
from criteria.requests.enclosures.refusal import RefusedError, sentence
from criteria.requests.enclosures.settings import file_limits


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDetails:
    """What was typed about the files."""

    title: str
    dated: date | None


@dataclass(slots=True)
class AddedFiles:
    """The letters of what was added, and a sentence for each file that was not."""

    letters: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def add_files(
    request: AuthorizationRequest, said: FileDetails, files: "Sequence[File[Any]]", *, by: User
) -> AddedFiles:
    """Check each file and add it; without any, announce one that follows by fax or mail.

    A title counts for all files of a form; without one each is called by its name.
    """
    added = AddedFiles()
    for number, file in enumerate([*files] if files else [None], start=1):
        title = said.title or title_from(file.name or "" if file else "")
        if said.title and len(files) > 1:
            title = f"{said.title} ({number})"
        try:
            document = None if file is None else checked(file)
            new = add_enclosure(
                request=request, title=title, dated=said.dated, document=document, by=by
            )
        except RefusedError as problem:
            added.problems.append(_of(file, len(files), sentence(problem.reason, file_limits())))
        except FullError as problem:
            added.problems.append(_of(file, len(files), str(problem)))
        else:
            added.letters.append(new.letter)
    return added


def _of(file: "File[Any] | None", count: int, problem: str) -> str:
    """The sentence, with the name of the file where there are several."""
    return problem if file is None or count == 1 else f"{shown_name(file.name or '')}: {problem}"
