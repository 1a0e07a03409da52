"""A process that opens what strangers sent: how it is started, and what it gives up.

Standard library only: the started process reads this before it has given anything up.
"""

import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).resolve().parents[3]


def run_confined(
    module: str,
    *arguments: str,
    document: IO[bytes],
    answer: IO[bytes] | int = subprocess.PIPE,
    seconds: float,
) -> "subprocess.CompletedProcess[bytes]":
    """Run a module on a document, its standard input; what it answers goes to ``answer``.

    It gets nothing of the application's own environment, which holds the secret key. Raises
    subprocess.TimeoutExpired after ``seconds``.
    """
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *arguments],
        stdin=document,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"LC_ALL": "C.UTF-8"},
        timeout=seconds,
        check=False,
    )


def give_up(bounds: Mapping[int, int]) -> None:
    """Lower limits of this process, and leave no core file: a limit once set is never raised.

    ``bounds`` by RLIMIT of ``resource``, in its unit: bytes, seconds or a count.
    """
    for what, most in {**bounds, resource.RLIMIT_CORE: 0}.items():
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))
