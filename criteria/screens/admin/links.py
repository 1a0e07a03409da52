"""Links between the screens of the admin."""

from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def row_id(text: object) -> int | None:
    """The number of a row in an address or a form; None when it cannot be one."""
    found = str(text)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 19 else None


def change_url(row: models.Model) -> str:
    """The screen of one row."""
    return reverse(f"admin:criteria_{row._meta.model_name}_change", args=[row.pk])


def add_url(model: type[models.Model], **given: object) -> str:
    """The screen to add a row, with what is known of it filled in."""
    return f"{reverse(f'admin:criteria_{model._meta.model_name}_add')}?{urlencode(given)}"


def list_url(model: type[models.Model], **filters: object) -> str:
    """The list of rows, filtered."""
    return f"{reverse(f'admin:criteria_{model._meta.model_name}_changelist')}?{urlencode(filters)}"


def link(row: models.Model, name: str = "") -> SafeString:
    """A row by its name, linked."""
    return format_html('<a href="{}">{}</a>', change_url(row), name or row)
