"""Writes every kind of document to a folder: ``python -m tests.conformity FOLDER``.

``FOLDER/conforming`` is for veraPDF, ``FOLDER/joined`` for ``qpdf --check`` alone.
"""

import os
import sys
from pathlib import Path

import django


def main(folder: Path) -> None:
    """Make them all."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")
    django.setup()
    from tests.conformity.contents import conforming, joined

    for kind in (conforming, joined):
        place = folder / kind.__name__
        place.mkdir(parents=True)
        for name, pdf in kind():
            (place / f"{name}.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
