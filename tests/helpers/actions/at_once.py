"""Two people who press at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections


def at_once(*presses: Callable[[], str]) -> list[str]:
    """Run in threads that start together; what each was told."""
    start, told = Barrier(len(presses)), [""] * len(presses)

    def run(at: int) -> None:
        try:
            start.wait()
            told[at] = presses[at]()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(at,)) for at in range(len(presses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)
