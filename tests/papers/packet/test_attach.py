import json
from io import BytesIO
from typing import Any

from pikepdf import Pdf

from criteria.papers.packet.attach import request_json
from criteria.papers.packet.code import content_code
from criteria.papers.packet.pdf import printed
from criteria.requests.case_files.parse import ParsedCase
from criteria.requests.case_files.report import report
from tests.papers.packet.contents import DATA, complete, found


def record() -> dict[str, Any]:
    return dict(json.loads(as_bytes()))


def as_bytes() -> bytes:
    assessment = found()
    case = ParsedCase(case=assessment.case, edition=assessment.edition)
    return request_json(complete(), DATA, report(case, assessment))


def test_it_names_its_format_the_request_and_the_packet() -> None:
    kept = record()
    assert (kept["format"], kept["version"]) == ("ivigportal-request", 1)
    assert (kept["number"], kept["is_draft"]) == ("R-2026-00042", False)
    assert kept["code"] == content_code(complete())
    assert kept["issued_at"] == "2026-11-20T10:44:00-05:00"


def test_it_says_what_the_packet_says() -> None:
    kept = record()
    request, assessment = kept["request"], kept["assessment"]
    assert request["patient_name"] == "Doe, Jane"
    assert request["evidence"]["nerves"] == {"source": "EMG report", "enclosure": "B", "page": "2"}
    assert assessment["overall"] == "meets"
    assert [day["grams"] for day in assessment["dose"]["infusion_days"]] == ["28"] * 4 + ["27.5"]


def test_it_says_nothing_of_the_inside() -> None:
    request = record()["request"]
    assert "is_quick_check" not in request
    assert all("id" not in each for each in request["enclosures"])
    assert all(set(section) == {"title", "lines"} for section in request["sections"])
    lines = [line for section in request["sections"] for line in section["lines"]]
    assert all(set(line) == {"label", "value"} for line in lines)


def test_it_is_attached_as_data_with_the_moment_of_the_issue() -> None:
    with Pdf.open(BytesIO(printed(complete(), record=as_bytes()).pdf)) as pdf:
        spec = pdf.attachments["request.json"]
        file = spec.get_file()
        assert file.read_bytes() == as_bytes()
        assert (file.mime_type, str(spec.obj.AFRelationship)) == ("application/json", "/Data")
        assert len(pdf.Root.AF) == 1  # type: ignore[arg-type]
        assert file.creation_date == file.mod_date
        assert file.creation_date is not None
        assert file.creation_date.isoformat() == "2026-11-20T15:44:00+00:00"


def test_same_record_same_bytes() -> None:
    first = printed(complete(), record=as_bytes())
    assert printed(complete(), record=as_bytes()).pdf == first.pdf
