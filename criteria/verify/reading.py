"""Asks a confined process what a file says of itself. Nothing of the file is opened in this one."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from criteria.verify.child import MOST_SECONDS

CHILD = "criteria.verify.child"
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
        done = subprocess.run(
            [sys.executable, "-m", CHILD],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            # Nothing of the application's own environment: it holds the secret key.
            env={"LC_ALL": "C.UTF-8"},
            timeout=MOST_SECONDS + PATIENCE_SECONDS,
            check=True,
        )
        found = json.loads(done.stdout[:_MOST_ANSWER])
    except (subprocess.SubprocessError, ValueError):
        return Inside()
    signatures = tuple(Signature(**each) for each in found["signatures"])
    return Inside(found["code"], signatures)
