"""Pictures of pages: as wide as asked, on white, the right way up."""

import io

import pytest
from pikepdf import Array
from PIL import Image

from criteria.requests.enclosures.pictures_drawn import drawn
from criteria.requests.enclosures.refusal import Refusal, RefusedError
from criteria.requests.enclosures.settings import file_limits
from tests.requests.enclosures.samples import pdf, picture


def picture_of(content: bytes, page: int = 1, width: int = 240) -> Image.Image:
    return Image.open(io.BytesIO(drawn(content, page, width, file_limits())))


@pytest.mark.parametrize("width", [240, 800, 1600])
def test_page_is_as_wide_as_asked(width: int) -> None:
    found = picture_of(pdf(2), 2, width)
    assert (found.format, found.mode) == ("PNG", "RGB")
    assert found.width == width
    assert found.getpixel((5, 5)) == (255, 255, 255)


def test_strip_of_paper_is_not_drawn_as_high_as_it_likes() -> None:
    strip = pdf(1, lambda made: setattr(made.pages[0], "MediaBox", Array([0, 0, 8, 14_400])))
    found = picture_of(strip)
    assert found.height <= 4 * 240
    assert found.width >= 1


@pytest.mark.parametrize("page", [0, 3])
def test_page_there_is_not(page: int) -> None:
    with pytest.raises(RefusedError) as refused:
        picture_of(pdf(2), page)
    assert refused.value.reason == Refusal.NO_PAGES


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png(mode: str) -> None:
    found = picture_of(picture("PNG", (600, 300), mode))
    assert (found.size, found.mode) == ((240, 120), "RGB")


def test_see_through_stands_on_white() -> None:
    clear = picture_of(picture("PNG", mode="RGBA"))
    assert clear.getpixel((1, 1)) == (255, 255, 255)


def test_small_picture_stays_small() -> None:
    assert picture_of(picture("PNG", (60, 40))).size == (60, 40)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg(mode: str) -> None:
    assert picture_of(picture("JPEG", (2400, 1200), mode)).size == (240, 120)


@pytest.mark.parametrize(("turned", "size"), [(1, (240, 120)), (6, (240, 480)), (8, (240, 480))])
def test_photograph_stands_upright(turned: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    assert picture_of(picture("JPEG", (2400, 1200), exif=exif)).size == size
