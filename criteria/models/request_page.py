"""What was typed into the pages of a request.

It is kept as it was typed, valid or not, so that nothing is ever lost. The values are always read
from it anew, by the forms of the pages.
"""

from django.conf import settings
from django.db import models

from criteria.models.request import AuthorizationRequest

USER = settings.AUTH_USER_MODEL


class RequestPage(models.Model):
    """What was typed into one page: for each field its values, exactly as they were typed.

    ``tab`` is the page as it was drawn for the last save, ``press`` counts its saves: a later save
    from the same drawn page is no conflict, and one that was overtaken on its way is not written.
    ``please_check``: an earlier answer that this page depends on was changed, or what
    ``check_because`` says.
    """

    request = models.ForeignKey(
        AuthorizationRequest, on_delete=models.CASCADE, related_name="pages"
    )
    slug = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    tab = models.CharField(max_length=32, blank=True)
    press = models.PositiveIntegerField(default=0)
    please_check = models.BooleanField(default=False)
    check_because = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("saved_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["request", "slug"], name="request_page_unique")
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.slug}"
