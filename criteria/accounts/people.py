"""How the people who work here are named."""

from django.contrib.auth.models import User


def name_of(user: User) -> str:
    """A person's name as colleagues read it; the username where none was given."""
    return str(user.get_full_name() or user.get_username())
