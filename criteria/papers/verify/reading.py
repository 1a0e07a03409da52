"""Asks a confined process what a file says of itself. Nothing of the file is opened in this one."""

import json
import subprocess
from dataclasses import dataclass
from typing import IO

from criteria.papers.verify.child import MOST_SECONDS
from criteria.requests.enclosures.confined import run_confined

CHILD = "criteria.papers.verify.child"
# For a child that waits for a processor, beside the seconds it may use one.
PATIENCE_SECONDS = 10
_MOST_ANSWER = 10_000


@dataclass(frozen=True, slots=True)
class Signature:
    """One digital signature. ``fits``: what it was made for is unchanged; ``whole``: that is all.

    ``certificate`` is the SHA-256 of the certificate it was made with, in hex.
    """

    fits: bool
    whole: bool
    certificate: str


@dataclass(frozen=True, slots=True)
class Inside:
    """What a file says of itself: the code it carries, if any, and its signatures."""

    code: str = ""
    signatures: tuple[Signature, ...] = ()


def inside(file: IO[bytes]) -> Inside:
    """What is found in a file; nothing for one that is no PDF, is damaged or too much work."""
    file.seek(0)
    try:
        done = run_confined(CHILD, document=file, seconds=MOST_SECONDS + PATIENCE_SECONDS)
        done.check_returncode()
        found = json.loads(done.stdout[:_MOST_ANSWER])
    except (subprocess.SubprocessError, ValueError):
        return Inside()
    signatures = tuple(Signature(**each) for each in found["signatures"])
    return Inside(found["code"], signatures)
