import re
import subprocess
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

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
