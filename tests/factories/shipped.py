"""The shipped policy files, each read and compiled once a process."""

from functools import cache
from pathlib import Path

from criteria.policies.edition import Edition
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import load_edition


@cache
def load_shipped(path: Path) -> tuple[PolicyFile, Edition]:
    """What a file below fixtures/policies says, and the edition it makes. Nobody changes either."""
    return load_edition(path)
