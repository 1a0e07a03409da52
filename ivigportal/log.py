import logging
import traceback
from types import TracebackType


class FramesOnlyFormatter(logging.Formatter):
    """Keeps the frames of a traceback and drops the exception's message.

    A database names the failing row in its messages, and a row can hold a patient.
    """

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        name = kind.__name__ if kind else "no exception"
        return "".join(traceback.format_tb(trace)) + name
