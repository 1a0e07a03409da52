"""Tables as CSV files for spreadsheets: the only place that writes them.

A cell of text that a spreadsheet would take for a formula gets an apostrophe in front; numbers
stay numbers. The file begins with the mark by which spreadsheets know UTF-8.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.http import StreamingHttpResponse

Cell = str | int | Decimal | date | None
# A text that begins so is a formula to a spreadsheet; the last four are the wide forms of signs.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe in front of a text that begins as a formula does."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The file line by line, the mark of UTF-8 first. Rows are read as the lines are asked for."""
    writer = csv.writer(_Echo())
    yield MARK
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def csv_response(rows: Iterable[Sequence[Cell]], name: str) -> StreamingHttpResponse:
    """The file ``name``.csv to download, sent as it is made. The name says nothing of a patient."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    content_type = "text/csv; charset=utf-8"
    return StreamingHttpResponse(csv_lines(rows), content_type=content_type, headers=headers)


class _Echo:
    """Gives back what the writer writes, to be sent at once."""

    def write(self, line: str) -> str:
        return line
