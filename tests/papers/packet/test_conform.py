import ast
import gc
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Pdf

import criteria
from criteria.papers.packet import pdf
from criteria.papers.packet.html import packet_html
from criteria.papers.packet.pdf import printed
from tests.papers.packet.contents import complete


def metadata() -> str:
    with Pdf.open(BytesIO(printed(complete()).pdf)) as pdf:
        return pdf.Root.Metadata.read_bytes().decode()


def test_it_claims_both_conformities_in_one_block() -> None:
    found = metadata()
    assert re.search(r'pdfaid:part="3"', found) and re.search(r'pdfaid:conformance="A"', found)
    assert "<pdfuaid:part>1</pdfuaid:part>" in found
    assert found.count("<rdf:RDF") == 1
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in found


def test_it_says_which_colours_it_means_and_which_file_it_is() -> None:
    with Pdf.open(BytesIO(printed(complete()).pdf)) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert str(intent.S) == "/GTS_PDFA1"
        assert len(intent.DestOutputProfile.read_bytes()) > 3000
        assert len(pdf.trailer.ID) == 2  # type: ignore[arg-type]


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "packet.pdf"
    path.write_bytes(printed(complete(), record=b"{}").pdf)
    run = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


# What its manual describes: https://doc.courtbouillon.org/weasyprint/stable/api_reference.html
PUBLIC = {
    "weasyprint": {"Attachment", "CSS", "Document", "HTML"},
    "weasyprint.text.fonts": {"FontConfiguration"},
    "weasyprint.urls": {"FatalURLFetchingError", "URLFetcher", "URLFetcherResponse"},
}


def test_nothing_of_weasyprint_is_used_but_what_its_manual_describes() -> None:
    used: dict[str, set[str]] = {}
    for path in Path(criteria.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in getattr(node, "names", [])]
            modules = [node.module] if isinstance(node, ast.ImportFrom) else names
            for module in modules:
                if str(module).split(".")[0] in ("weasyprint", "pydyf", "cssselect2", "tinyhtml5"):
                    used.setdefault(str(module), set()).update(names)
    assert used == PUBLIC


def test_the_garbage_collector_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server prints in one of many threads."""
    seen = []

    def watched(file: bytes, *, conforms: bool) -> bytes:
        seen.append(gc.isenabled())
        return file

    monkeypatch.setattr(pdf, "finished", watched)
    monkeypatch.setattr(gc, "disable", lambda: seen.append(False))
    pdf.print_html(packet_html(complete()), pdf.style_for)
    assert seen == [True]


def test_a_server_looks_no_more_at_what_it_loaded(tmp_path: Path) -> None:
    code = "import gc, ivigportal.wsgi; print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}"}
    run = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["True", "True"], run.stderr
