"""Why a diagnosis code does not open the commercial policy."""

from datetime import date
from functools import cache

from criteria.policies.codes.code_list import why_not_listed
from criteria.policies.edition import Edition
from tests.factories.commercial import PATH as UHC_PATH
from tests.factories.medicare import FilesCodebook, edition_on
from tests.factories.shipped import load_shipped

DAY = date(2021, 6, 30)


UHC_DAY = date(2021, 6, 30)


@cache
def commercial() -> Edition:
    return load_shipped(UHC_PATH)[1]


def why(code: str, day: date = DAY) -> str:
    return why_not_listed(edition_on(day), code, day, FilesCodebook())
