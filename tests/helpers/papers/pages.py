"""The pages of a PDF as text, and names that are hard to print."""

import re
from io import BytesIO

from pypdf import PdfReader

from criteria.papers.packet.pdf import Printed

NAMES = (
    "Иванов Иван Иванович",
    "王小明",
    "Ελένη Παπαδοπούλου",
    "Nguyễn Thị Ánh",
    "राम प्रसाद",
    "محمد عبد الله",
)


def pages(packet: Printed) -> list[str]:
    """The words of each page, in one line."""
    reader = PdfReader(BytesIO(packet.pdf))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
