"""What is asked when a policy file is uploaded, and how it is kept until it is confirmed.

The text goes back to the browser signed, and comes again with the confirmation: nothing is kept
here before that, and nothing but what was checked can be confirmed.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from criteria.actions.policies.upload import MOST_BYTES, base_of
from criteria.models import Policy, PolicyVersion
from criteria.screens.forms import SentFiles, Typed, Unseen, UnseenForm

SALT = "criteria.upload"
HOURS = 12
EXPIRED = "That page is too old, or was changed on its way. Choose the file again."


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file between its check and its confirmation."""

    name: str
    text: str


def sealed(kept: HeldFile, policy: Policy, by: User) -> str:
    """A file as the page keeps it: for one policy and one person."""
    said = {"policy": policy.pk, "by": by.pk, "name": kept.name, "text": kept.text}
    return signing.dumps(said, salt=SALT, compress=True)


def opened(seal: str, policy: Policy, by: User) -> HeldFile | None:
    """The file of a page; None when it was changed, is too old, or of another policy or person."""
    try:
        said = signing.loads(seal, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    if (said["policy"], said["by"]) != (policy.pk, by.pk):
        return None
    return HeldFile(said["name"], said["text"])


class SealedForm(UnseenForm):
    """A file that was shown, sealed until it is stored."""

    sealed = Unseen()


class PolicyFileForm(forms.Form):
    """The file, and the edition it is compared with."""

    file = forms.FileField(
        label="Policy file",
        help_text="YAML, as an edition is downloaded; at most 2 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    against = forms.ModelChoiceField(
        label="Compare with",
        queryset=PolicyVersion.objects.none(),
        required=False,
        empty_label="nothing",
    )

    def __init__(
        self, policy: Policy, data: Typed | None = None, files: SentFiles | None = None
    ) -> None:
        """Offer the editions of the policy; the one in force is chosen."""
        super().__init__(data, files)
        field: Any = self.fields["against"]
        field.queryset = policy.versions.select_related("policy").order_by("-effective_from")
        field.initial = base_of(policy)
        field.label_from_instance = _label

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(
                f"{file.name} is larger than 2 MB, the most a policy file may be."
            )
        return file


def _label(version: PolicyVersion) -> str:
    return f"{version.number} ({version.get_status_display().lower()})"
