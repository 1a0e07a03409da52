"""What is too much for one document. Plain values: the process that checks has no settings."""

import json
from dataclasses import asdict, dataclass
from typing import Self

MB = 1024 * 1024
POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLimits:
    """The most one file may hold, and the most work its check may be."""

    file_bytes: int
    file_pages: int
    # Of a picture: width times height.
    image_pixels: int
    # Of either side of a page of a PDF.
    page_inches: int
    # Of one part of a PDF once it is unpacked. Far above a page scanned in colour at 600 dpi.
    unpacked_bytes: int
    cpu_seconds: int
    memory_bytes: int

    @property
    def megabytes(self) -> int:
        """The bytes of a file as people say them."""
        return self.file_bytes // MB

    def to_json(self) -> str:
        """As one argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Back from the argument. Raises ValueError or TypeError for anything else."""
        return cls(**json.loads(text))
