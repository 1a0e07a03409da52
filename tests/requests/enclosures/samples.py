"""Documents as people send them, and as those do who mean harm."""

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

GIGABYTE = 1024**3
AS_PACKED = {
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
}


def pdf(
    pages: int = 2, change: Callable[[pikepdf.Pdf], None] | None = None, **how: object
) -> bytes:
    """A PDF of empty pages; ``change`` does something to it."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(612, 792))
        if change is not None:
            change(made)
        stream = io.BytesIO()
        made.save(stream, **how)  # type: ignore[arg-type]
    return stream.getvalue()


def with_root(**entries: object) -> bytes:
    """A PDF that says something of itself as a whole."""

    def change(made: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            made.Root[f"/{key}"] = value

    return pdf(change=change)


def with_annotation(**entries: object) -> bytes:
    """A PDF with something on its first page."""

    def change(made: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=[0, 0, 10, 10], **entries)
        made.pages[0].Annots = made.make_indirect(Array([made.make_indirect(annotation)]))

    return pdf(change=change)


def action(kind: str, **entries: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **entries)


def with_stream(packed: bytes, *filters: str, **entries: object) -> bytes:
    """A PDF that holds a stream as it is packed."""

    def change(made: pikepdf.Pdf) -> None:
        stream = made.make_stream(b"")
        stream.write(packed, filter=Array([Name(f"/{name}") for name in filters]))
        for key, value in entries.items():
            stream[f"/{key}"] = value
        made.Root["/Kept"] = stream

    return pdf(change=change, **AS_PACKED)


@cache
def zeros(size: int) -> bytes:
    """Very many zeros, packed small."""
    packer, piece = zlib.compressobj(1), b"\0" * 1024 * 1024
    packed = [packer.compress(piece) for _ in range(size // len(piece))]
    return b"".join([*packed, packer.flush()])


def bomb(size: int = GIGABYTE) -> bytes:
    """A stream of a gigabyte in a megabyte."""
    return with_stream(zeros(size), "FlateDecode")


def page_bomb(size: int = GIGABYTE) -> bytes:
    """A page whose own content unpacks to a gigabyte."""

    def change(made: pikepdf.Pdf) -> None:
        content = made.make_stream(b"")
        content.write(zeros(size), filter=Name.FlateDecode)
        made.pages[0].Contents = content

    return pdf(change=change, **AS_PACKED)


def object_stream_bomb() -> bytes:
    """Objects packed in a stream that unpacks to a gigabyte when the file is opened."""
    packed = zeros(GIGABYTE)
    parts = [
        b"%PDF-1.5\n",
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Kept 4 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>\nendobj\n",
        b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n",
    ]
    return _with_stream_table(parts)


def _with_stream_table(parts: list[bytes]) -> bytes:
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    offsets = {1: starts[1], 2: starts[2], 3: starts[3], 5: starts[4], 6: at}
    rows = [struct.pack(">BIH", 0, 0, 65535)]
    for number in range(1, 7):
        rows.append(
            struct.pack(">BIH", 2, 5, 0)
            if number == 4
            else struct.pack(">BIH", 1, offsets[number], 0)
        )
    table = b"".join(rows)
    head = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n"
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
    end = head % len(table) + table + tail % at
    return b"".join(parts) + end


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, with a right table."""
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % start for start in starts)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + table + tail % (len(objects) + 1, len(out))


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
LEAF = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"


def cyclic_tree() -> bytes:
    """A tree whose only branch is itself."""
    return raw_pdf(CATALOG, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                   b"<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [2 0 R] >>")  # fmt: skip


def billion_pages(levels: int = 30) -> bytes:
    """Each branch hangs twice from the one before: two to the thirtieth pages."""
    nodes = [
        b"<< /Type /Pages /Count %d /Kids [%d 0 R %d 0 R] >>" % (2 ** (levels - i), i + 3, i + 3)
        for i in range(levels)
    ]
    return raw_pdf(CATALOG, *nodes, LEAF)


def said_billion_pages() -> bytes:
    """One page that says it is a billion."""
    return raw_pdf(CATALOG, b"<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>", LEAF)


def one_page_often(times: int) -> bytes:
    """The same page again and again."""
    kids = b"3 0 R " * times
    return raw_pdf(CATALOG, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (times, kids), LEAF)


def deep_tree(levels: int) -> bytes:
    """Branches one below the other, and a page at the end."""
    nodes = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (i + 3) for i in range(levels)]
    return raw_pdf(CATALOG, *nodes, LEAF)


def deep_value(levels: int) -> bytes:
    """Lists in lists in lists."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /Kept 4 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        LEAF,
        b"[" * levels + b"]" * levels,
    )


def script_spelled_oddly() -> bytes:
    """A script whose name hides a letter."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /J#61vaScript /J#53 (x) >> >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        LEAF,
    )


def pdf_of(size: int) -> bytes:
    """A page in a file of so many bytes."""

    def padded(by: int) -> bytes:
        tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
        return raw_pdf(CATALOG, tree, LEAF, b"(%s)" % (b"x" * by))

    rough = padded(size - 1000)
    return padded(size - 1000 + size - len(rough))


def page_of(inches: float) -> bytes:
    """A page as wide as this."""

    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].MediaBox = Array([0, 0, round(inches * 72, 2), 792])

    return pdf(1, change)


# Pictures


def picture(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object
) -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, kind, **how)  # type: ignore[arg-type]
    return stream.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, packed: bytes, *before: bytes) -> bytes:
    """A PNG that says its size and holds this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *before, chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg_of(width: int, height: int) -> bytes:
    """A small JPEG that says it is as large as this."""
    made = picture("JPEG")
    at = made.index(b"\xff\xc0") + 5
    return made[:at] + struct.pack(">HH", height, width) + made[at + 4 :]


def attached() -> bytes:
    """A PDF with another file in it."""

    def change(made: pikepdf.Pdf) -> None:
        made.attachments["hidden.exe"] = b"MZ"

    return pdf(change=change)


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
