"""What stands beside the criteria on papers changes a judgement: no remark of a transcriber."""

import re
from pathlib import Path
from typing import Any

import pytest

from criteria.policies.file.document import read_document
from tests.policies.shipped.cases import POLICIES

FILES = sorted(POLICIES.rglob("*.yaml"))
# How a transcriber speaks of a page: of its print, its layout, its list of references.
OF_THE_PAGE = re.compile(
    r"\bprint(s|ed)\b(?! a table)|indent|page break|asterisk|references? \d|drops words|misprint"
    r"|lost (its|their)|\bbullets\b|closes the (group|list)",
    re.IGNORECASE,
)


def notes(value: Any) -> list[str]:
    if isinstance(value, list):
        return [note for part in value for note in notes(part)]
    if not isinstance(value, dict):
        return []
    own = [value["note"]] if isinstance(value.get("note"), str) else []
    return own + [note for part in value.values() for note in notes(part)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_note_speaks_of_how_the_policy_is_printed(path: Path) -> None:
    found = notes(read_document(path.read_text(encoding="utf-8")).data)
    assert found
    assert not [note for note in found if OF_THE_PAGE.search(note)]
