"""How often one address may try in a minute."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60


def is_too_often(request: HttpRequest) -> bool:
    """Count a try of this address, and tell whether it was one too many in its minute."""
    # Not the address itself: a cache may be shared and is read by operators.
    key = f"verify:{sha256(address_of(request).encode()).hexdigest()[:32]}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        tries: int = cache.incr(key)
    except ValueError:  # the minute ended between the two
        return False
    return tries > settings.VERIFY_TRIES_PER_MINUTE


def address_of(request: HttpRequest) -> str:
    """The address a request comes from: behind a proxy of ours, the one that proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR", ""))
