"""Draws one page of a checked document as a PNG. Runs in the child process."""

import io

import pypdfium2
from PIL import Image, ImageOps

from criteria.requests.enclosures.content import MediaType, media_type_of
from criteria.requests.enclosures.limits import FileLimits
from criteria.requests.enclosures.picture_check import FORMATS
from criteria.requests.enclosures.refusal import Refusal, RefusedError

# A page is drawn as wide as asked; a strip of paper is not drawn as high as it likes.
MOST_HEIGHT_TO_WIDTH = 4
WHITE = (255, 255, 255)
# How a camera was held, and the values that mean: on its side.
ORIENTATION = 0x0112
LYING = (5, 6, 7, 8)
# Made smaller before they are converted, which saves memory; the others need colours first.
RESIZED_WELL = ("L", "LA", "RGB", "RGBA", "CMYK")


def drawn(content: bytes, page: int, width: int, limits: FileLimits) -> bytes:
    """Page ``page``, from 1, ``width`` pixels wide, as a PNG. Raises RefusedError."""
    if media_type_of(content) is MediaType.PDF:
        picture = _page(content, page, width)
    else:
        picture = _picture(content, width, limits)
    stream = io.BytesIO()
    # A new picture: nothing of the file's own bytes, and no place or time of a photograph.
    clean = Image.new("RGB", picture.size, WHITE)
    clean.paste(picture)
    clean.save(stream, "PNG", compress_level=6)
    return stream.getvalue()


def _page(content: bytes, number: int, width: int) -> Image.Image:
    try:
        document = pypdfium2.PdfDocument(content)
        if not 1 <= number <= len(document):
            raise RefusedError(Refusal.NO_PAGES)
        page = document[number - 1]
        wide, high = page.get_size()
        scale = min(width / wide, width * MOST_HEIGHT_TO_WIDTH / high)
        found: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError:
        raise RefusedError(Refusal.DAMAGED) from None
    return found.convert("RGB")


def _picture(content: bytes, width: int, limits: FileLimits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = limits.image_pixels
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    box = (width, width * MOST_HEIGHT_TO_WIDTH)
    if picture.getexif().get(ORIENTATION) in LYING:
        box = box[::-1]
    picture.draft("RGB", box)
    if picture.mode in RESIZED_WELL:
        picture.thumbnail(box)
    turned = _in_colour(ImageOps.exif_transpose(picture))
    turned.thumbnail((width, width * MOST_HEIGHT_TO_WIDTH))
    return turned


def _in_colour(picture: Image.Image) -> Image.Image:
    """On white where it is see-through; sixteen bits of grey as eight."""
    if picture.mode.startswith("I"):
        return picture.point(lambda grey: grey * (1 / 256)).convert("L").convert("RGB")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, (*WHITE, 255))
        return Image.alpha_composite(white, seen).convert("RGB")
    return picture.convert("RGB")
