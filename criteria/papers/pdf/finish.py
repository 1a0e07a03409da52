"""The pass over a rendered file: its claim of PDF/UA-1, and its last bytes.

WeasyPrint claims one standard a file, here PDF/A-3a with tags, colours and attachments. What it
cannot claim beside that is written by pikepdf.
"""

from io import BytesIO
from xml.etree import ElementTree

from pikepdf import Array, Name, Object, ObjectStreamMode, Pdf

# PDF/A takes a claim of PDF/UA only where the schema of the claim stands in the same block.
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES = {
    "rdf": _RDF,
    "x": "adobe:ns:meta/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_PDF_UA = f"""<rdf:RDF {" ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMESPACES.items())}>
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""
_PACKET = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n%s\n<?xpacket end="r"?>'

for _prefix, _uri in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


def finished(pdf: bytes, *, conforms: bool) -> bytes:
    """A file of WeasyPrint's, its identifier made of its content: the same file, the same bytes.

    ``conforms``: it claims PDF/UA-1 beside PDF/A-3a. A file that pages of others go into claims
    neither of the two.
    """
    result = BytesIO()
    with Pdf.open(BytesIO(pdf)) as document:
        if conforms:
            _claim_accessibility(document)
        else:
            _claim_nothing(document)
        _name_attachments_once(document)
        document.save(
            result,
            fix_metadata_version=False,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return result.getvalue()


def _claim_accessibility(document: Pdf) -> None:
    """Put the claim into the metadata, beside that of PDF/A."""
    metadata = ElementTree.fromstring(document.Root.Metadata.read_bytes())  # noqa: S314
    claims = metadata.find(f"{{{_RDF}}}RDF")
    if claims is None:
        raise ValueError("The file says nothing of itself.")
    claims.extend(ElementTree.fromstring(_PDF_UA))  # noqa: S314
    document.Root.Metadata.write(_PACKET % ElementTree.tostring(metadata, "utf-8"))


def _claim_nothing(document: Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfaid:part"]
        del metadata["pdfaid:conformance"]


def _name_attachments_once(document: Pdf) -> None:
    """WeasyPrint lists each attachment twice."""
    if Name.AF in document.Root:
        once: dict[tuple[int, int], Object] = {file.objgen: file for file in document.Root.AF}
        document.Root.AF = Array(once.values())
