"""What is refused, each for its own reason. The child process is asked, as in the application."""

from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.base import ContentFile
from pikepdf import Array, Dictionary, Name, String

from criteria.requests.enclosures.checking import checked
from criteria.requests.enclosures.refusal import Refusal, RefusedError
from tests.requests.enclosures import samples
from tests.requests.enclosures.samples import (
    SCRIPT,
    action,
    pdf,
    picture,
    with_annotation,
    with_root,
)

LOCK = pikepdf.Encryption(owner="owner", user="", R=6)
PASSWORD = pikepdf.Encryption(owner="owner", user="user", R=6)
ACTIONS = {
    "script when opened": lambda: with_root(OpenAction=SCRIPT),
    "script by name": lambda: with_root(
        Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))
    ),
    "script on a link": lambda: with_annotation(Subtype=Name.Link, A=SCRIPT),
    "script spelled oddly": samples.script_spelled_oddly,
}


def refusal_of(content: bytes, name: str = "EMG.pdf") -> Refusal:
    with pytest.raises(RefusedError) as refused:
        checked(ContentFile(content, name))
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"MZ\x90\x00", Refusal.KIND),
        (b"<html><script>alert(1)</script>", Refusal.KIND),
        (b"GIF89a" + b"\0" * 40, Refusal.KIND),
        (b"<html><script>1</script>" + pdf(), Refusal.KIND),
        (b"%PDF-1.7 <html><script>1</script>\n" + pdf(), Refusal.MIXED),
        (pdf() + b"<html><script>1</script>", Refusal.MIXED),
        (pdf() + b"PK\x03\x04 a ZIP after it", Refusal.MIXED),
        (picture("PNG") + b"PK\x03\x04 a ZIP after it", Refusal.MIXED),
        (b"%PDF-1.7\nnothing\n%%EOF", Refusal.DAMAGED),
        (pdf()[:-200], Refusal.DAMAGED),
        (pdf()[: len(pdf()) // 2], Refusal.DAMAGED),
        (picture("PNG", (600, 600))[:-30], Refusal.DAMAGED),
        (picture("JPEG", (600, 600))[:-300], Refusal.DAMAGED),
        (picture("JPEG")[:20], Refusal.DAMAGED),
        (pdf(encryption=PASSWORD), Refusal.PASSWORD),
        (pdf(encryption=LOCK), Refusal.LOCKED),
        (pdf(0), Refusal.NO_PAGES),
    ],
)
def test_kind_and_wholeness(content: bytes, reason: Refusal) -> None:
    assert refusal_of(content) == reason


@pytest.mark.parametrize("make", ACTIONS.values(), ids=ACTIONS.keys())
def test_scripts(make: Callable[[], bytes]) -> None:
    assert refusal_of(make()) == Refusal.SCRIPT


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: with_root(OpenAction=action("Launch", F=String("cmd"))), Refusal.ACTION),
        (lambda: with_root(OpenAction=action("URI", URI=String("http://x"))), Refusal.ACTION),
        (lambda: with_root(AA=Dictionary(WC=action("Named", N=Name.Print))), Refusal.ACTION),
        (lambda: with_annotation(Subtype=Name.Link, A=action("Launch")), Refusal.ACTION),
        (lambda: with_annotation(Subtype=Name.Link, A=action("GoToR")), Refusal.ACTION),
        (lambda: with_annotation(Subtype=Name.Link, A=action("SubmitForm")), Refusal.ACTION),
        (lambda: with_annotation(Subtype=Name.Link, A=action("ImportData")), Refusal.ACTION),
        (lambda: with_annotation(Subtype=Name.RichMedia), Refusal.MEDIA),
        (lambda: with_annotation(Subtype=Name("/3D")), Refusal.MEDIA),
        (lambda: with_annotation(Subtype=Name.Link, A=action("Rendition")), Refusal.MEDIA),
        (lambda: with_annotation(Subtype=Name.FileAttachment), Refusal.FILES),
        (samples.attached, Refusal.FILES),
        (lambda: with_root(AcroForm=Dictionary(XFA=String("<xdp/>"))), Refusal.FORM),
    ],
)
def test_what_acts_plays_or_hides_files(make: Callable[[], bytes], reason: Refusal) -> None:
    assert refusal_of(make()) == reason


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (samples.cyclic_tree, Refusal.DAMAGED),
        (samples.billion_pages, Refusal.DAMAGED),
        (samples.said_billion_pages, Refusal.DAMAGED),
        (lambda: samples.one_page_often(1_000_000), Refusal.WORK),
        (lambda: samples.deep_tree(5_000), Refusal.DAMAGED),
        (samples.bomb, Refusal.WORK),
        (samples.page_bomb, Refusal.WORK),
        (samples.object_stream_bomb, Refusal.WORK),
        (
            lambda: samples.with_stream(samples.zeros(1024**2), "FlateDecode", "FlateDecode"),
            Refusal.WORK,
        ),
        (
            lambda: samples.with_stream(
                b"x", "DCTDecode", Subtype=Name.Image, Width=60_000, Height=60_000
            ),
            Refusal.WORK,
        ),
        (lambda: samples.png_of(60_000, 60_000, samples.zeros(1024**2)), Refusal.PIXELS),
        (lambda: samples.jpeg_of(65_500, 65_500), Refusal.PIXELS),
    ],
)
def test_bombs(make: Callable[[], bytes], reason: Refusal) -> None:
    assert refusal_of(make()) == reason


@pytest.mark.parametrize("levels", [600, 100_000])
def test_deep_lists(levels: int) -> None:
    assert refusal_of(samples.deep_value(levels)) == Refusal.WORK


def test_text_of_a_png_that_unpacks_to_very_much() -> None:
    text = samples.chunk(b"zTXt", b"note\0\0" + samples.zeros(200 * 1024**2))
    content = samples.png_of(8, 1, b"", text)
    assert refusal_of(content) == Refusal.DAMAGED
