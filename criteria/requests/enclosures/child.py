"""The process that opens what strangers sent: with little time, little memory and no way out.

``python -m criteria.requests.enclosures.child check LIMITS`` reads a file from standard input and
answers JSON: ``{"media_type": ..., "pages": ...}`` or ``{"refused": ...}``. ``draw LIMITS PAGE
WIDTH`` answers the page as a PNG. Before the answer stands STARTED: where a process ends without
it, it failed for a reason of ours and not of the file. It has no settings, no database and no
secret of the application.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

from criteria.requests.enclosures.confined import give_up
from criteria.requests.enclosures.limits import MB, FileLimits

MOST_ANSWER_BYTES = 64 * MB
STARTED = b"\n"


def main(arguments: list[str], document: BinaryIO, answer: BinaryIO) -> None:
    """Do what is asked of the document. ``arguments`` as on the command line."""
    verb, limits = arguments[0], FileLimits.from_json(arguments[1])
    confine(limits)
    # The libraries come after the limits: what they take counts too.
    from criteria.requests.enclosures.refusal import Refusal, RefusedError

    work = _check(limits) if verb == "check" else _draw(limits, *map(int, arguments[2:4]))
    answer.write(STARTED)
    answer.flush()
    try:
        content = document.read(limits.file_bytes + 1)
        if len(content) > limits.file_bytes:
            raise RefusedError(Refusal.BYTES)
        answer.write(work(content))
    except RefusedError as problem:
        answer.write(_said({"refused": problem.reason.value}))
    except (MemoryError, RecursionError):
        answer.write(_said({"refused": Refusal.WORK.value}))
    except Exception:
        answer.write(_said({"refused": Refusal.DAMAGED.value}))


def confine(limits: FileLimits) -> None:
    """Give up memory, time and open files for good."""
    give_up(
        {
            resource.RLIMIT_AS: limits.memory_bytes,
            resource.RLIMIT_CPU: limits.cpu_seconds,
            resource.RLIMIT_FSIZE: MOST_ANSWER_BYTES,
            resource.RLIMIT_NOFILE: 64,
        }
    )


def _check(limits: FileLimits) -> Callable[[bytes], bytes]:
    from criteria.requests.enclosures.content import MediaType, media_type_of
    from criteria.requests.enclosures.pdf_check import check_pdf
    from criteria.requests.enclosures.picture_check import check_picture

    def check(content: bytes) -> bytes:
        media_type = media_type_of(content)
        count = check_pdf if media_type is MediaType.PDF else check_picture
        return _said({"media_type": media_type.value, "pages": count(content, limits)})

    return check


def _draw(limits: FileLimits, page: int, width: int) -> Callable[[bytes], bytes]:
    from criteria.requests.enclosures.pictures_drawn import drawn

    return lambda content: drawn(content, page, width, limits)


def _said(answer: dict[str, object]) -> bytes:
    return json.dumps(answer).encode()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
