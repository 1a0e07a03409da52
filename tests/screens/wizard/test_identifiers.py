"""NPI, Medicare number, telephone."""

import pytest

from criteria.requests.answers.identifiers import mbi_problem, npi_problem, phone_problem

GOOD_NPI = (
    "1234567893 1558598797 1245319599 1679576722 1003000126 1993999998 2234567891 1234-567-893"
)


@pytest.mark.parametrize("npi", [*GOOD_NPI.split(), "1234 567 893"])
def test_npi_is_accepted(npi: str) -> None:
    assert npi_problem(npi) == ""


@pytest.mark.parametrize(
    "npi", ["1234567890", "0234567893", "123456789", "12345678931", "12345A7893", "١٢٣٤٥٦٧٨٩٣"]
)
def test_npi_is_refused(npi: str) -> None:
    assert npi_problem(npi)


@pytest.mark.parametrize("mbi", ["1EG4-TE5-MK73", "1eg4te5mk73"])
def test_mbi_is_accepted(mbi: str) -> None:
    assert mbi_problem(mbi) == ""


@pytest.mark.parametrize("mbi", ["0EG4-TE5-MK73", "1SG4-TE5-MK73", "1EG4-TE5-MK7", "1EG4TE5MK7O"])
def test_mbi_is_refused(mbi: str) -> None:
    assert mbi_problem(mbi)


@pytest.mark.parametrize("phone", ["(555) 010-1234", "555.010.1234", "+1 555 010 1234"])
def test_phone_is_accepted(phone: str) -> None:
    assert phone_problem(phone) == ""


def test_phone_is_refused() -> None:
    assert "10 digits" in phone_problem("12345")
