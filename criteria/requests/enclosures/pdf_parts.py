"""What a PDF holds beside its pages, and how large its parts get. In the child process."""

import json
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from criteria.requests.enclosures.limits import FileLimits
from criteria.requests.enclosures.refusal import Refusal, RefusedError

MOST_OBJECTS = 500_000
CHUNK = 1024 * 1024
LEFT_OUT = "limits error"

# Names are compared as they read: however a file spells /JavaScript, it comes here as that.
ACTIONS = {
    "/JavaScript": Refusal.SCRIPT,
    "/Rendition": Refusal.MEDIA,
    "/Movie": Refusal.MEDIA,
    "/Sound": Refusal.MEDIA,
    "/RichMediaExecute": Refusal.MEDIA,
    "/GoTo3DView": Refusal.MEDIA,
    "/Launch": Refusal.ACTION,
    "/GoToR": Refusal.ACTION,
    "/GoToE": Refusal.FILES,
    "/SubmitForm": Refusal.ACTION,
    "/ImportData": Refusal.ACTION,
}
ANNOTATIONS = {
    "/RichMedia": Refusal.MEDIA,
    "/Movie": Refusal.MEDIA,
    "/Sound": Refusal.MEDIA,
    "/Screen": Refusal.MEDIA,
    "/3D": Refusal.MEDIA,
    "/FileAttachment": Refusal.FILES,
}
KEYS = {
    "/JS": Refusal.SCRIPT,
    "/XFA": Refusal.FORM,
    "/EmbeddedFiles": Refusal.FILES,
    "/EF": Refusal.FILES,
    "/AA": Refusal.ACTION,
}
# What may happen by itself when a document is opened: it shows a place in itself, or prints.
OPENING = ("/GoTo", "/Named")


def check_parts(pdf: pikepdf.Pdf, limits: FileLimits) -> None:
    """Refuse scripts, actions, media, other files, and parts that unpack to too much.

    A link that waits to be pressed may stay: records print the address of the clinic on each page.
    Raises RefusedError.
    """
    _check_opening(pdf.Root.get("/OpenAction"))
    if len(pdf.objects) > MOST_OBJECTS:
        raise RefusedError(Refusal.WORK)
    for part in pdf.objects:
        is_stream = isinstance(part, pikepdf.Stream)
        if is_stream:
            _check_unpacked(part, limits)
        if is_stream or isinstance(part, (pikepdf.Dictionary, pikepdf.Array)):
            plain = part.stream_dict if is_stream else part
            for found in _dictionaries(json.loads(plain.to_json(dereference=True))):
                _check_dictionary(found)
    # The library leaves out what is nested too deep, and says so.
    if any(LEFT_OUT in str(warning) for warning in pdf.get_warnings()):
        raise RefusedError(Refusal.WORK)


def _check_opening(action: object) -> None:
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) not in OPENING:
        is_script = str(action.get("/S")) == "/JavaScript"
        raise RefusedError(Refusal.SCRIPT if is_script else Refusal.ACTION)


def _dictionaries(top: object) -> Iterator[dict[str, Any]]:
    """Every dictionary inside, however deep; not by recursion, which a deep one would exhaust."""
    waiting = [top]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(inner for inner in value if isinstance(inner, (dict, list)))


def _check_dictionary(found: dict[str, Any]) -> None:
    for key, reason in KEYS.items():
        if key in found:
            raise RefusedError(reason)
    for key, names in (("/S", ACTIONS), ("/Subtype", ANNOTATIONS)):
        name = found.get(key)
        if isinstance(name, str) and name in names:
            raise RefusedError(names[name])


# Unpacking


def _check_unpacked(part: pikepdf.Object, limits: FileLimits) -> None:
    """Refuse a stream that unpacks to too much, or a picture that says it is too large."""
    filters = _names(part.get("/Filter"))
    if sum(name in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW") for name in filters) > 1:
        raise RefusedError(Refusal.WORK)
    if part.get("/Subtype") == "/Image":
        _check_image(part, limits)
    if filters and filters[0] in ("/FlateDecode", "/Fl"):
        _inflate(part.read_raw_bytes(), limits.unpacked_bytes)
    elif filters:
        _unpack(part, limits.unpacked_bytes)


def _names(filters: object) -> list[str]:
    if filters is None:
        return []
    return [str(f) for f in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _check_image(part: pikepdf.Object, limits: FileLimits) -> None:
    width, height = int(part.get("/Width", 0)), int(part.get("/Height", 0))
    bits = int(part.get("/BitsPerComponent", 1 if part.get("/ImageMask") else 8))
    if width < 0 or height < 0 or width * height * bits // 8 > limits.unpacked_bytes:
        raise RefusedError(Refusal.WORK)


def _inflate(packed: bytes, most: int) -> None:
    """Count what comes out, a piece at a time."""
    inflate, total = zlib.decompressobj(), 0
    try:
        while packed and not inflate.eof:
            total += len(inflate.decompress(packed, CHUNK))
            packed = inflate.unconsumed_tail
            if total > most:
                raise RefusedError(Refusal.WORK)
    except zlib.error:
        # Writers leave streams a few bytes short; the page still opens, which is checked next.
        return


def _unpack(part: pikepdf.Object, most: int) -> None:
    """The other ways of packing, under the memory the process has. Pictures are left packed."""
    try:
        if len(part.read_bytes(pikepdf.StreamDecodeLevel.generalized)) > most:
            raise RefusedError(Refusal.WORK)
    except pikepdf.PikepdfError:
        return
