"""Files as practices enclose them: turned scans, cropped pages, filled forms, photographs."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from random import Random

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from criteria.papers.packet.content import PacketContent
from criteria.papers.packet.dividers import Divider, divider
from criteria.papers.packet.joined.join import joined
from criteria.papers.packet.joined.pages import drawings_of
from criteria.papers.packet.pdf import Printed, printed
from criteria.requests.content import EnclosedDocument, RequestContent
from tests.papers.packet.contents import DATA, found, printed_of

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
RED, BLUE, WHITE = (200, 0, 0), (0, 0, 200), (255, 255, 255)
File = tuple[bytes, str]


def saved(pdf: Pdf) -> bytes:
    result = BytesIO()
    pdf.save(result, deterministic_id=True)
    return result.getvalue()


def corner_pdf(pages: int = 1, size: tuple[int, int] = (612, 792), **keys: object) -> File:
    """Pages with a red square in the top left corner of the paper and a word on each."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F=font))
        square = f"0.784 0 0 rg 0 {size[1] - 100} 100 100 re f"
        words = f"BT /F 20 Tf 150 {size[1] - 60} Td (Word {number}) Tj ET"
        page.Contents = pdf.make_stream(f"{square} 0 g {words}".encode())
        for key, value in keys.items():
            page[f"/{key}"] = value
    return saved(pdf), PDF


def form_pdf(value: str = "70 kg", flags: int = 0) -> File:
    """A form that was filled in by a program that drew nothing."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(612, 792))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("weight"),
            V=String(value),
            Ff=flags,
            F=4,
            Rect=[100, 600, 400, 660],
            DA=String("/Helv 12 Tf 0 g"),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        DR=Dictionary(Font=Dictionary(Helv=font)),
        DA=String("/Helv 12 Tf 0 g"),
    )
    return saved(pdf), PDF


def note_pdf() -> File:
    """A page with a stamp that is an annotation."""
    pdf = Pdf.open(BytesIO(corner_pdf()[0]))
    stamp = pdf.make_stream(
        b"0 0 0.784 rg 0 0 100 100 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 100]),
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([400, 100, 500, 200]),
        AP=Dictionary(N=stamp),
        F=4,
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])
    return saved(pdf), PDF


def scans(pages: int, page_kb: int) -> File:
    """Pages of a scanner, each a picture of so many kilobytes."""
    pdf = Pdf.new()
    picture = BytesIO()
    Image.effect_noise((1000, 1300), 30).save(picture, "JPEG", quality=5)
    for number in range(pages):
        noise = Random(number).randbytes(max(0, page_kb * 1024 - picture.tell()))
        pdf.add_blank_page(page_size=(612, 792))
        page = pdf.pages[-1].obj
        image = pdf.make_stream(
            picture.getvalue() + noise,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1000,
            Height=1300,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page.Resources = Dictionary(XObject=Dictionary(I=image))
        page.Contents = pdf.make_stream(b"612 0 0 792 0 0 cm /I Do")
    return saved(pdf), PDF


def photo(orientation: int = 1, kind: str = JPEG, mode: str = "RGB") -> File:
    """A picture as a camera stores it: upright, its top left quarter is red, the rest white."""
    turned = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = Image.new("RGB", (300, 400), WHITE)
    picture.paste(RED, (0, 0, 150, 200))
    stored = picture if turned is None else picture.transpose(turned)
    exif = Image.Exif()
    exif[0x0112] = orientation
    result = BytesIO()
    stored.convert(mode).save(result, kind.removeprefix("image/").upper(), exif=exif, quality=95)
    return result.getvalue(), kind


def holding(files: Sequence[File]) -> RequestContent:
    """The request with these files enclosed as A, B, C ..."""
    documents = tuple(
        EnclosedDocument(
            letter=letter, title=f"Document {letter}", media_type=kind, sha256="ab" * 32
        )
        for letter, (_, kind) in zip("ABCDEFGH", files, strict=False)
    )
    return replace(DATA, enclosures=documents)


def packet_with(*files: File, troubled: Sequence[Divider] = ()) -> tuple[Printed, PacketContent]:
    """A packet with files joined, and its content."""
    data, assessment = holding(files), found()
    content = printed_of(data, assessment)
    with ExitStack() as stack:
        drawings = {
            document.letter: drawings_of(BytesIO(file), kind, stack)
            for document, (file, kind) in zip(data.enclosures, files, strict=True)
        }
        dividers = [
            divider(each, data, assessment, pages=len(drawings[each.letter]))
            for each in data.enclosures
        ]
        packet = printed(content, record=b"{}", dividers=[*dividers, *troubled])
        return joined(packet, drawings), content
