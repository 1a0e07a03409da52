"""The process that opens a file somebody sent to be checked, with little time and memory.

``python -m criteria.papers.verify.child`` reads a PDF from standard input and answers one line of
JSON:
``{"code": "7F3K-94QX", "signatures": [...]}``. It has no settings, no database and no secret.
"""

import json
import re
import resource
import sys
import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO

from criteria.requests.enclosures.confined import give_up

if TYPE_CHECKING:
    import pikepdf
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
MB = 1024 * 1024
MOST_MEMORY_MB = 1024
MOST_SECONDS = 5
MOST_SIGNATURES = 5
# Of the text that could hold a code.
MOST_TEXT = 100_000
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}-[0-9A-Z]{4}(?![0-9A-Z])")


def confine() -> None:
    """Give up memory, time and new files for good."""
    give_up(
        {
            resource.RLIMIT_AS: MOST_MEMORY_MB * MB,
            resource.RLIMIT_CPU: MOST_SECONDS,
            resource.RLIMIT_FSIZE: 0,
        }
    )


def found_in(document: BinaryIO) -> dict[str, Any]:
    """The code a PDF carries in its metadata, and its signatures. Raises for what is no PDF."""
    code = _code_in(document)
    try:
        signatures = _signatures_in(document)
    except Exception:  # what a stranger wrote there, whatever it is, takes the code from nobody
        signatures = []
    return {"code": code, "signatures": signatures}


def _code_in(document: BinaryIO) -> str:
    """The first code only: a file that names many is no way to try many."""
    import pikepdf

    with pikepdf.open(document, suppress_warnings=True) as pdf:
        texts = [str(pdf.docinfo.get("/Keywords", ""))] if "/Info" in pdf.trailer else []
        if "/Metadata" in pdf.Root:
            texts.append(_beginning_of(pdf.Root.Metadata).decode("utf-8", "replace"))
    found = _CODE.search(" ".join(text[:MOST_TEXT] for text in texts))
    return found[0] if found else ""


def _beginning_of(stream: "pikepdf.Object") -> bytes:
    """The first bytes of a stream, unpacked no further: it may be packed to burst."""
    raw: bytes = stream.read_raw_bytes()
    packed = "/Filter" in stream
    return zlib.decompressobj().decompress(raw, MOST_TEXT) if packed else raw[:MOST_TEXT]


def _signatures_in(document: BinaryIO) -> list[dict[str, Any]]:
    """Of each signature whether it fits, covers the whole file, and whose certificate made it.

    Empty without pyHanko.
    """
    if find_spec("pyhanko") is None:
        return []
    from pyhanko.pdf_utils.reader import PdfFileReader

    document.seek(0)
    signatures = PdfFileReader(document, strict=False).embedded_signatures
    return [_signature(each) for each in signatures[:MOST_SIGNATURES]]


def _signature(signature: "EmbeddedPdfSignature") -> dict[str, Any]:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = signature.signer_cert
    # Whether it fits is asked here, not whom to trust: that is told by the certificate's own print.
    own = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    anything = KeyUsageConstraints(key_usage=set())
    status = validate_pdf_signature(signature, own, skip_diff=True, key_usage_settings=anything)
    return {
        "fits": bool(status.intact and status.valid),
        "whole": status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        "certificate": certificate.sha256.hex(),
    }


def main() -> None:
    """Answer what is found in the file on standard input."""
    confine()
    print(json.dumps(found_in(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
