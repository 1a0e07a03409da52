"""Whether a PNG or JPEG can be opened whole. Runs in the child process."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from criteria.requests.enclosures.limits import FileLimits
from criteria.requests.enclosures.refusal import Refusal, RefusedError

FORMATS = ("PNG", "JPEG")
# What Pillow raises for a file it cannot read; SyntaxError is its word for a broken PNG.
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError)


def check_picture(content: bytes, limits: FileLimits) -> int:
    """The number of pages, 1. Raises RefusedError."""
    # Pillow's own guard is an error far above its number; ours asks before anything is unpacked.
    Image.MAX_IMAGE_PIXELS = limits.image_pixels
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _open(content, limits).verify()
            picture = _open(content, limits)
            if picture.format == "PNG" and getattr(picture, "is_animated", False):
                raise RefusedError(Refusal.MEDIA)
            picture.load()
        except Image.DecompressionBombError:
            raise RefusedError(Refusal.PIXELS) from None
        except BROKEN:
            raise RefusedError(Refusal.DAMAGED) from None
    return 1


def _open(content: bytes, limits: FileLimits) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > limits.image_pixels:
        raise RefusedError(Refusal.PIXELS)
    return picture
