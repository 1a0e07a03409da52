"""Attesting a request."""

from tests.screens.wizard.conftest import Walker


def attest(walker: Walker, **fields: str) -> dict[str, str]:
    """The attestation as it is sent."""
    revision = walker.soup("submit").select_one("input[name=revision]")
    return {"revision": revision["value"], "attest": "yes", "signer": "Ann Lee"} | fields
