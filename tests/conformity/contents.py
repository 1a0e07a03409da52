"""Every kind of document this system prints, by the name of its file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from criteria.models import LetterKind
from criteria.papers.letters.pdf import printed_letter
from criteria.papers.packet.attach import request_json
from criteria.papers.packet.changes.changes import changes_since
from criteria.papers.packet.code import as_json
from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.pdf import printed
from criteria.papers.packet.therapies import Therapy
from criteria.papers.sign.sign import signed
from criteria.policies.difference import difference
from criteria.requests.case_files.parse import ParsedCase
from criteria.requests.case_files.report import report
from criteria.requests.renewal import Approval, BaselineGroup, BaselineRow, BaselineTable, Was
from criteria.screens.library.page import DifferencePage
from criteria.screens.library.pdf import difference_pdf
from tests.factories.medicare import medicare_files
from tests.helpers.papers.letters import LETTER
from tests.helpers.papers.pages import NAMES
from tests.papers.packet import test_medicare as medicare
from tests.papers.packet.certificates import PASSPHRASE, p12
from tests.papers.packet.contents import DATA, complete, draft, forty, found, not_meeting
from tests.papers.packet.enclosed import corner_pdf, form_pdf, packet_with, photo


def conforming() -> Iterator[tuple[str, bytes]]:
    """What claims PDF/A-3a and PDF/UA-1."""
    for name, content in _packets():
        yield f"packet-{name}", printed(content).pdf
    with_data = printed(complete(), record=_record()).pdf
    yield "packet-with-data", with_data
    yield "packet-signed", _signed(with_data)
    for kind in LetterKind:
        letter = replace(LETTER, kind=kind.value)
        yield f"letter-{kind}", printed_letter(letter).pdf
        yield f"letter-{kind}-preview", printed_letter(replace(letter, is_sent=False)).pdf
    (_, old), (_, new) = medicare_files()["R1"], medicare_files()["R8"]
    page = DifferencePage(difference(old, new))
    yield "difference", difference_pdf(page, on=date(2026, 11, 20), drafts=["R8"])


def joined() -> Iterator[tuple[str, bytes]]:
    """What holds the pages of others and claims nothing, but must be whole."""
    pdf = packet_with(corner_pdf(3), form_pdf(), photo(6))[0].pdf
    yield "joined", pdf
    yield "joined-signed", _signed(pdf)


def _packets() -> Iterator[tuple[str, PacketContent]]:
    """Every mark, every section, every script; with and without what may be absent."""
    whole = complete()
    yield "complete", whole
    yield "draft", draft()
    yield "not-meeting", not_meeting()
    yield "forty", forty("Told at length. " * 400 + "\n\nA second paragraph.")
    yield (
        "bare",
        replace(whole, therapies=(), notes=(), code_notes=(), sections=(), enclosures=(), words=""),
    )
    reason = "No gain after eight months. " * 9
    long = Therapy(drug="prednisone", outcome="failure", reason=reason, criterion="4")
    yield "therapies", replace(whole, therapies=(*whole.therapies, long))
    yield (
        "changed",
        replace(
            whole, changes=changes_since(as_json(not_meeting()), as_json(whole), since="packet 1")
        ),
    )
    yield "baseline", replace(whole, baseline=_baseline())
    yield "medicare", medicare.packet(medicare.found("G61.81"))
    yield (
        "medicare-closed",
        medicare.packet(medicare.found("D59.1", indication="autoimmune-hemolytic-anemia")),
    )
    for number, name in enumerate((*NAMES, "a\u0378b"), start=1):
        yield f"name-{number}", replace(whole, patient=replace(whole.patient, name=name))


def _signed(pdf: bytes) -> bytes:
    """As it is issued where a certificate is configured, here one that is thrown away."""
    with TemporaryDirectory() as folder:
        keys = {"PACKET_SIGNING_P12": p12(Path(folder)), "PACKET_SIGNING_PASSPHRASE": PASSPHRASE}
        with override_settings(**keys):
            return signed(pdf)


def _baseline() -> BaselineTable:
    """Two approvals and today, with a difference and a warning."""
    approvals = (
        Approval("R-2026-00001", date(2026, 3, 12), "First approval"),
        Approval("R-2026-00007", date(2026, 9, 12), "Last approval"),
    )
    then = (Was("R-2026-00001", "69 kg", "1.2 % more"), Was("R-2026-00007", "70 kg"))
    weight = BaselineRow(label="Body weight", then=then, now="69.85 kg", warning="Look at it.")
    same = BaselineRow(label="Height", then=(then[0], then[0]), now="170 cm")
    return BaselineTable(approvals, (BaselineGroup("Body", (weight, same)),))


def _record() -> bytes:
    assessment = found()
    case = ParsedCase(case=assessment.case, edition=assessment.edition)
    return request_json(complete(), DATA, report(case, assessment))
