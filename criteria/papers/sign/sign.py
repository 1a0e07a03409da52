"""Digital signatures on what is issued: PAdES, by pyHanko, with a certificate of the operator's.

Optional: without a certificate in the settings what is issued stays unsigned.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

FIELD = "Issued"
_log = logging.getLogger(__name__)


class SigningError(Exception):
    """Signing was asked for and cannot be done; the message says why, in an operator's words."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The key and certificate that sign, and what they say of themselves.

    ``sha256`` is the certificate's fingerprint in hex; the days are moments in UTC.
    """

    signer: Any
    name: str
    sha256: str
    valid_from: datetime
    valid_until: datetime

    def is_valid_at(self, moment: datetime) -> bool:
        """Whether the certificate may be used at that moment."""
        return self.valid_from <= moment <= self.valid_until


def signed(pdf: bytes) -> bytes:
    """The same PDF with an invisible PAdES-B-B signature; as it is where none is configured.

    To be the very last step: a byte changed afterwards breaks it. Raises SigningError.
    """
    certificate = configured()
    if certificate is None:
        return pdf
    if not certificate.is_valid_at(datetime.now(UTC)):
        _log.error(
            "The signing certificate is not valid today: readers will distrust what it signs."
        )
    return _signed(pdf, certificate)


def configured() -> Certificate | None:
    """The certificate of the settings; None where none is set. Raises SigningError."""
    path = settings.PACKET_SIGNING_P12
    if not path:
        return None
    if find_spec("pyhanko") is None:
        raise SigningError("pyHanko is not installed: install ivigportal with the extra 'signing'.")
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError:
        raise SigningError("The file named by PACKET_SIGNING_P12 cannot be read.") from None
    return _certificate(path, settings.PACKET_SIGNING_PASSPHRASE, changed)


@lru_cache(maxsize=1)
def _certificate(path: str, passphrase: str, changed: int) -> Certificate:
    """The certificate in a PKCS #12 file, read once for as long as the file is the same."""
    from pyhanko.sign import signers

    # pyHanko logs a traceback of its own for what is told in words here.
    logger = logging.getLogger("pyhanko.sign.signers.pdf_cms")
    was_disabled, logger.disabled = logger.disabled, True
    try:
        signer = signers.SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
            path, passphrase=passphrase.encode() or None
        )
    finally:
        logger.disabled = was_disabled
    if signer is None or signer.signing_cert is None:
        raise SigningError(
            "PACKET_SIGNING_P12 cannot be opened: it is no PKCS #12 file, or "
            "PACKET_SIGNING_PASSPHRASE is not its passphrase."
        )
    found = signer.signing_cert
    return Certificate(
        signer=signer,
        name=_name(found.subject.native),
        sha256=found.sha256.hex(),
        valid_from=found.not_valid_before,
        valid_until=found.not_valid_after,
    )


def _name(subject: Mapping[str, Any]) -> str:
    """Whom a certificate is for: the common name, without one the organization."""
    return str(subject.get("common_name") or subject.get("organization_name") or "this portal")


def _signed(pdf: bytes, certificate: Certificate) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    name = certificate.name
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        reason=f"Issued by {name}",
        name=name,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    # Out of the page's bounds: PDF/A forbids to hide it, PDF/UA wants what is on a page tagged.
    unseen = fields.InvisSigSettings(box_out_of_bounds=True)
    field = fields.SigFieldSpec(FIELD, invis_sig_settings=unseen, readable_field_name=FIELD)
    signer = signers.PdfSigner(metadata, certificate.signer, new_field_spec=field)
    finished = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=finished)
    return finished.getvalue()
