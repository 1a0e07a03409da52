"""Says at start-up what is wrong with the signing certificate, not when a packet is issued."""

from datetime import UTC, datetime

from django.core.checks import CheckMessage, Error, register

from criteria.papers.sign.sign import SigningError, configured


@register("signing")
def check_signing(**_: object) -> list[CheckMessage]:
    """An error if a certificate is configured and cannot sign today."""
    try:
        certificate = configured()
    except SigningError as error:
        return [Error(f"Packets cannot be signed: {error}", id="criteria.E001")]
    now = datetime.now(UTC)
    if certificate is None or certificate.is_valid_at(now):
        return []
    days = f"{certificate.valid_from:%Y-%m-%d} to {certificate.valid_until:%Y-%m-%d}"
    return [
        Error(
            f"Packets cannot be signed: the certificate is valid from {days}.",
            hint="Name one that is valid in PACKET_SIGNING_P12, or none.",
            id="criteria.E002",
        )
    ]
