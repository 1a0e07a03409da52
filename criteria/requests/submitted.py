"""What is kept of a request when it is submitted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRecord:
    """A request as it is submitted: plain JSON values."""

    case: Mapping[str, Any]
    assessment: Mapping[str, Any]
    content: Mapping[str, Any]
    overall: str
    attested_name: str

    @property
    def content_hash(self) -> str:
        """SHA-256 of what was submitted."""
        parts = {"case": self.case, "assessment": self.assessment, "content": self.content}
        text = json.dumps(parts, sort_keys=True, cls=DjangoJSONEncoder)
        return hashlib.sha256(text.encode()).hexdigest()
