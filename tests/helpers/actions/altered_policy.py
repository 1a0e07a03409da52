"""The commercial policy as a draft whose file was altered."""

from pathlib import Path

from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from criteria.policies.file.document import read_document
from criteria.policies.file.schema import PolicyFile
from tests.actions.number_mutations import Document

POLICIES = Path("fixtures/policies")


def document(path: Path) -> Document:
    """The file as it is written, unchecked."""
    found = read_document(path.read_text(encoding="utf-8")).data
    assert found is not None
    return found


def edition_in(said: Document) -> Edition:
    return compile_edition(PolicyFile.model_validate(said))


COMMERCIAL = document(POLICIES / "uhc-2021D0035AD.yaml")
