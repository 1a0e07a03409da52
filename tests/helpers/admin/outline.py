"""What can be done to a line of the outline."""

from typing import Any

ACTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "up": ("kind", {}, "root(stated some(kind igg steroid) fork(…) dose)"),
    "down": ("igg", {}, "root(stated some(kind igg steroid) fork(…) dose)"),
    "out": ("igg", {}, "root(stated some(kind steroid) igg fork(…) dose)"),
    "wrap": ("stated", {}, "root(all-of-these(stated) some(igg kind steroid) fork(…) dose)"),
    "duplicate": ("stated", {}, "root(stated stated-2 some(igg kind steroid) fork(…) dose)"),
    "delete": ("some", {}, "root(stated fork(…) dose)"),
    "group": ("some", {"kind": "any"}, "root(stated some(igg kind steroid) fork(…) dose)"),
}
