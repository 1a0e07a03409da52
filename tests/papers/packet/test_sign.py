import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from criteria.models import Packet
from criteria.papers.packet.pdf import printed
from criteria.papers.sign import sign
from criteria.papers.sign.sign import SigningError, configured, signed
from criteria.screens.wizard.packets import issue
from tests.papers.packet.certificates import NAME, PASSPHRASE, p12
from tests.papers.packet.contents import complete
from tests.papers.packet.stored import ann, submitted


@pytest.fixture
def with_certificate(settings: Any, tmp_path: Path) -> Path:
    settings.PACKET_SIGNING_P12 = p12(tmp_path)
    settings.PACKET_SIGNING_PASSPHRASE = PASSPHRASE
    return Path(settings.PACKET_SIGNING_P12)


def verdict(pdf: bytes) -> PdfSignatureStatus:
    """What pyHanko finds of the only signature, its own certificate taken as trusted."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[signature.signer_cert])
    return validate_pdf_signature(signature, trusted)


def test_without_a_certificate_nothing_is_signed(settings: Any) -> None:
    settings.PACKET_SIGNING_P12 = ""
    assert signed(b"%PDF-1.7") == b"%PDF-1.7"
    assert not run_checks(tags=["signing"])


def test_a_signed_packet_says_who_issued_it(with_certificate: Path) -> None:
    pdf = signed(printed(complete()).pdf)
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert signature.sig_object["/Reason"] == f"Issued by {NAME}"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    status = verdict(pdf)
    assert status.bottom_line
    assert status.intact and status.valid and status.trusted


def test_the_pages_stay_as_they_were_and_the_file_is_sound(
    with_certificate: Path, tmp_path: Path
) -> None:
    plain = printed(complete()).pdf
    pdf = signed(plain)
    assert pdf.startswith(plain)
    path = tmp_path / "signed.pdf"
    path.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


@pytest.mark.parametrize("where", [0.1, 0.5, 0.8])
def test_a_changed_byte_is_found(with_certificate: Path, where: float) -> None:
    plain = printed(complete()).pdf
    pdf = bytearray(signed(plain))
    # Inside a stream, so that the file can still be read.
    place = pdf.index(b"stream\n", int(len(plain) * where)) + 20
    pdf[place] ^= 1
    (signature,) = PdfFileReader(BytesIO(bytes(pdf)), strict=False).embedded_signatures
    signature.compute_integrity_info()
    assert not verdict(bytes(pdf)).intact


@pytest.mark.django_db
def test_an_issued_packet_is_kept_signed(with_certificate: Path) -> None:
    issue(submitted(), by=ann())
    assert verdict(Packet.objects.get().pdf).bottom_line


def test_a_new_file_is_read_without_a_restart(
    with_certificate: Path, settings: Any, tmp_path: Path
) -> None:
    first = configured()
    settings.PACKET_SIGNING_P12 = p12(tmp_path, name="Another Plan")
    second = configured()
    assert first is not None and second is not None
    assert (first.name, second.name) == (NAME, "Another Plan")
    assert first.sha256 != second.sha256


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"PACKET_SIGNING_PASSPHRASE": "wrong"}, "is not its passphrase"),
        ({"PACKET_SIGNING_PASSPHRASE": ""}, "is not its passphrase"),
        ({"PACKET_SIGNING_P12": "no/such/file.p12"}, "cannot be read"),
        ({"PACKET_SIGNING_P12": __file__}, "it is no PKCS #12 file"),
    ],
)
def test_a_wrong_setting_is_said_at_start_up(
    with_certificate: Path, settings: Any, change: dict[str, str], words: str
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    (problem,) = run_checks(tags=["signing"])
    assert problem.id == "criteria.E001"
    assert words in problem.msg
    with pytest.raises(SigningError, match="PACKET_SIGNING"):
        signed(b"%PDF-1.7")


def test_without_the_extra_it_is_said(
    with_certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign, "find_spec", lambda name: None)
    (problem,) = run_checks(tags=["signing"])
    assert "extra 'signing'" in problem.msg


@pytest.mark.parametrize(
    ("from_days", "to_days", "is_valid"), [(-1, 1, True), (-2, -1, False), (1, 2, False)]
)
def test_a_certificate_not_valid_today_is_said(
    settings: Any, tmp_path: Path, from_days: int, to_days: int, is_valid: bool
) -> None:
    settings.PACKET_SIGNING_P12 = p12(tmp_path, from_days=from_days, to_days=to_days)
    settings.PACKET_SIGNING_PASSPHRASE = PASSPHRASE
    assert [problem.id for problem in run_checks(tags=["signing"])] == (
        [] if is_valid else ["criteria.E002"]
    )


def test_a_certificate_that_ended_meanwhile_still_signs_and_is_logged(
    settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PACKET_SIGNING_P12 = p12(tmp_path, from_days=-2, to_days=-1)
    settings.PACKET_SIGNING_PASSPHRASE = PASSPHRASE
    pdf = signed(printed(complete()).pdf)
    assert len(PdfFileReader(BytesIO(pdf)).embedded_signatures) == 1
    assert "not valid today" in caplog.text


def test_the_server_does_not_start_with_a_wrong_passphrase(with_certificate: Path) -> None:
    code = "import ivigportal.wsgi"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": "",
            "DJANGO_SETTINGS_MODULE": "ivigportal.settings",
            "DATABASE_URL": "sqlite://:memory:",
            "PACKET_SIGNING_P12": str(with_certificate),
            "PACKET_SIGNING_PASSPHRASE": "wrong",
        },
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert "is not its passphrase" in run.stderr
