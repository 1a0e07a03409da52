"""Hands out PDFs: a packet as it was issued, after its bytes were compared; or one just made."""

import logging
from hashlib import file_digest
from io import BufferedReader
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from criteria.models import Packet
from criteria.models.packet import AlteredPacketError

logger = logging.getLogger(__name__)

PDF = "application/pdf"


def shown_pdf(pdf: bytes, name: str) -> HttpResponse:
    """A PDF nothing is kept of, opened in the browser. ``name``: ends in .pdf, tells no patient."""
    headers = {"Content-Disposition": content_disposition_header(False, name) or ""}
    return HttpResponse(pdf, content_type=PDF, headers=headers)


def packet_response(request: HttpRequest, packet: Packet) -> HttpResponseBase:
    """The file as an attachment; 304 to whoever has it; a page, 409, if it is not the one issued.

    It is read twice and never held whole: once for its SHA-256, once for the answer.
    """
    etag = f'"{packet.sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return cast(HttpResponseBase, known)
    try:
        file = issued_file(packet)
    except AlteredPacketError:
        logger.error("Packet %s of %s was changed or lost", packet.sequence, packet.request.number)
        return _refused(request, packet)
    response = _answer(request, packet, file)
    response["ETag"] = etag
    return response


def _answer(request: HttpRequest, packet: Packet, file: BufferedReader) -> HttpResponseBase:
    if request.method != "HEAD":
        return FileResponse(file, content_type=PDF, as_attachment=True, filename=packet.file_name)
    file.close()
    disposition = content_disposition_header(True, packet.file_name)
    headers = {"Content-Length": str(packet.size_bytes), "Content-Disposition": disposition or ""}
    return HttpResponse(content_type=PDF, headers=headers)


def issued_file(packet: Packet) -> BufferedReader:
    """The stored file, at its start. Raises AlteredPacketError if it is not the one issued."""
    try:
        file = cast(BufferedReader, packet.file.storage.open(str(packet.file.name), "rb").file)
    except OSError:
        raise AlteredPacketError from None
    if file_digest(file, "sha256").hexdigest() != packet.sha256:
        file.close()
        raise AlteredPacketError
    file.seek(0)
    return file


def _refused(request: HttpRequest, packet: Packet) -> HttpResponse:
    return render(request, "criteria/packet/altered.html", {"packet": packet}, status=409)
