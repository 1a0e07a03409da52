"""PDF/A-3a and PDF/UA-1 at once, and the last bytes of a file."""

import re
import zlib
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

VARIANT = "pdf/a-3a"
INTENT = "--srgb"
# A level more costs more time than it saves bytes.
_LEVEL = 6
_RDF_END = b"</rdf:RDF>"
_PDF_A = re.compile(rb"<rdf:Description [^>]*pdfaid:part[^>]*/>")
# PDF/A takes a claim of PDF/UA only where the schema of the claim stands in the same block.
_PDF_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class _Profile(ColorProfile):
    """A colour profile in the bytes it came in: written anew they change from time to time."""

    def __init__(self, name: str) -> None:
        self.bytes = (files("weasyprint.pdf") / name).read_bytes()
        channels = (["r"], ["g"], ["b"])
        super().__init__(BytesIO(self.bytes), name, "relative-colorimetric", channels)

    @property
    def content(self) -> bytes:
        return self.bytes


@lru_cache(maxsize=1)
def _srgb() -> _Profile:
    return _Profile("sRGB2014.icc")


def color_profiles() -> dict[str, _Profile]:
    """The colours a file is meant in, read once: WeasyPrint leaves the file open each time."""
    return {INTENT: _srgb()}


class _Written(pydyf.Object):
    """An object in its final bytes: the file and its identifier are both made of them."""

    def __init__(self, source: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = source.number, source.generation, source.free
        self._compressible: bool = source.compressible
        self._data: bytes = source.data

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's last step: claim PDF/UA-1 beside PDF/A-3a."""
    metadata = _metadata(pdf)
    metadata[0] = metadata[0].replace(_RDF_END, _PDF_UA + _RDF_END)
    _write_once(pdf)


def unclaimed(document: Any, pdf: Any) -> None:
    """The last step of a file that pages of others go into: it claims neither of the two."""
    metadata = _metadata(pdf)
    metadata[0] = _PDF_A.sub(b"", metadata[0])
    _write_once(pdf)


def _metadata(pdf: Any) -> Any:
    """The content of the XMP stream, in a list of one."""
    return pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream


def _write_once(pdf: Any) -> None:
    """Turn each object into its bytes.

    Left to itself WeasyPrint writes and compresses all of them a second time for the identifier.
    """
    if "AF" in pdf.catalog:
        # WeasyPrint names each attachment twice: once in full and once by its number.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(map(_reference, pdf.catalog["AF"])))
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.compress:
            _compress(each)
    pdf.objects[:] = [each if each.free == "f" else _Written(each) for each in pdf.objects]


def _reference(entry: Any) -> Any:
    return entry.reference if isinstance(entry, pydyf.Object) else entry


def _compress(stream: Any) -> None:
    content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)
    stream.stream = [zlib.compress(content, _LEVEL)]
    stream.extra = {**stream.extra, "Filter": "/FlateDecode"}
    stream.compress = False
