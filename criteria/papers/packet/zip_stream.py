"""Many packets as one ZIP, sent as it is made: no more of it is in memory than a piece of a file.

Packets are stored as they are, for a PDF is packed already. A packet whose file is missing or is
not the one that was issued is left out, and named in problems.txt; manifest.csv lists the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO

from django.db.models import Q, QuerySet
from django.utils import timezone
from zipstream import ZipStream

from criteria.actions.packets.bundle import BundledPacket, batches
from criteria.models import Packet
from criteria.models.packet import AlteredPacketError
from criteria.papers.csvfile import Cell, csv_lines
from criteria.papers.packet.download import issued_file

PIECE_BYTES = 256 * 1024
NO_PACKET = "no packet was issued yet."
ALTERED = "its file is missing or is no longer the one that was issued. Tell the operator."
MANIFEST = ("Number", "File", "Pages", "SHA-256", "Code", "Issued")


def packets_zip(wanted: Sequence[BundledPacket]) -> Iterator[bytes]:
    """The last packet of each request, then the list of them and what is not there."""
    archive = ZipStream(sized=False)
    listed: list[tuple[Cell, ...]] = [MANIFEST]
    problems: list[str] = []
    for one, packet in _last_packets(wanted):
        if packet is None:
            problems.append(f"{one.number}: {NO_PACKET}")
            continue
        try:
            file = issued_file(packet)
        except AlteredPacketError:
            problems.append(f"{one.number}, packet {packet.sequence}: {ALTERED}")
            continue
        with file:
            archive.add(_pieces(file), packet.file_name, size=packet.size_bytes)
            yield from archive.all_files()
        listed.append(_line(packet))
    archive.add("".join(csv_lines(listed)), "manifest.csv")
    if problems:
        archive.add("Not in this ZIP:\n" + "\n".join(problems) + "\n", "problems.txt")
    yield from archive.finalize()


def _last_packets(wanted: Iterable[BundledPacket]) -> Iterator[tuple[BundledPacket, Packet | None]]:
    """Each request with its last packet: of a submission, else, for its own practice, a draft."""
    for batch in batches(wanted):
        own = [one.pk for one in batch if one.is_own]
        seen = Packet.objects.filter(Q(is_draft=False) | Q(request__in=own))
        found = _latest(seen.filter(request__in=[one.pk for one in batch]))
        yield from ((one, found.get(one.pk)) for one in batch)


def _latest(packets: QuerySet[Packet]) -> dict[int, Packet]:
    rows = packets.select_related("request").only(
        *("sequence", "is_draft", "file", "size_bytes", "sha256", "content_code"),
        *("page_count", "issued_at", "request__number"),
    )
    ordered = rows.order_by("request_id", "is_draft", "-sequence").iterator()
    return {pk: next(each) for pk, each in groupby(ordered, key=lambda packet: packet.request_id)}


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE_BYTES):
        yield piece


def _line(packet: Packet) -> tuple[Cell, ...]:
    issued = timezone.localtime(packet.issued_at).isoformat(timespec="minutes")
    code, pages = packet.content_code, packet.page_count
    return (packet.request.number, packet.file_name, pages, packet.sha256, code, issued)
