"""A photograph or scan as a drawing that can be laid into a page of a packet."""

import zlib
from collections.abc import Iterable
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image

ORIENTATION = 0x0112
# How a camera says it was held, as the way from the picture as stored to the picture upright.
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_LYING = (5, 6, 7, 8)
_COLOURS = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
# Points a pixel: a scan at 150 dpi comes out in its own size; larger ones are made to fit.
_POINTS = 72 / 150


def picture_drawing(file: BinaryIO, pdf: Pdf) -> Object:
    """The picture as a drawing of ``pdf``. Raises OSError, ValueError for one that is broken."""
    with Image.open(file, formats=("PNG", "JPEG")) as picture:
        turn = picture.getexif().get(ORIENTATION, 1)
        width, height = picture.size
        if picture.format == "JPEG" and picture.mode in _COLOURS:
            file.seek(0)
            image = _as_it_is(pdf, file.read(), picture)
        else:
            picture.load()
            image = _repacked(pdf, picture)
    if turn in _LYING:
        width, height = height, width
    return _form(pdf, image, width * _POINTS, height * _POINTS, _UPRIGHT.get(turn, _UPRIGHT[1]))


def _as_it_is(pdf: Pdf, content: bytes, picture: Image.Image) -> Stream:
    """A JPEG goes in unchanged: unpacked and packed again it would lose a little."""
    image = _image(pdf, content, picture, Name.DCTDecode)
    if picture.mode == "CMYK" and "adobe" in picture.info:
        image.Decode = Array([1, 0] * 4)
    return image


def _repacked(pdf: Pdf, picture: Image.Image) -> Stream:
    """On white where it is see-through; sixteen bits of grey as eight."""
    flat = _flat(picture)
    return _image(pdf, zlib.compress(flat.tobytes(), 6), flat, Name.FlateDecode)


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        return picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, seen).convert("RGB")
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in _COLOURS else picture.convert("RGB")


def _image(pdf: Pdf, content: bytes, picture: Image.Image, packed: Object) -> Stream:
    return Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=_COLOURS[picture.mode],
        BitsPerComponent=8,
        Filter=packed,
    )


def _form(pdf: Pdf, image: Stream, width: float, height: float, turn: Iterable[int]) -> Object:
    content = f"{width:.3f} 0 0 {height:.3f} 0 0 cm {' '.join(map(str, turn))} cm /Picture Do"
    return pdf.make_indirect(
        Stream(
            pdf,
            content.encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, round(width, 3), round(height, 3)]),
            Resources=Dictionary(XObject=Dictionary(Picture=image)),
        )
    )
