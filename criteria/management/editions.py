"""The edition a command is asked for."""

from django.core.management.base import CommandError

from criteria.models import PolicyVersion

FAILED = 1


def stored_edition(
    policy: str, number: str, *, joined: str = " ", returncode: int = FAILED
) -> PolicyVersion:
    """The stored edition ``number`` of the policy with this key.

    Raises CommandError with every stored edition, its key and number ``joined`` as they are typed.
    """
    versions = PolicyVersion.objects.select_related("policy")
    found = versions.filter(policy__key=policy, number=number).first()
    if found is None:
        stored = ", ".join(f"{v.policy.key}{joined}{v.number}" for v in versions) or "none"
        text = f"There is no edition {number} of {policy}. Stored: {stored}."
        raise CommandError(text, returncode=returncode)
    return found
