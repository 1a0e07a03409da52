"""A whole walk: the wizard's pages, judged by the draft as it is now, and nothing stored."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from criteria.models import (
    AuthorizationRequest,
    Event,
    Packet,
    Pathway,
    Practice,
    RequestNumbers,
    RequestPage,
    Submission,
)
from tests.factories import request as factory
from tests.helpers.wizard.pages import plain
from tests.screens.preview.conftest import START, Previewer
from tests.screens.wizard.conftest import soup_of

NEVER_WRITTEN = (AuthorizationRequest, RequestPage, RequestNumbers, Submission, Packet, Practice)
MDL = "criteria-electrodiagnostic"


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (*NEVER_WRITTEN, Event)}


def test_whole_walk_stores_nothing(paula: Previewer) -> None:
    before = rows()
    assert paula.get().status_code == 200
    paula.walked({"start": START} | factory.CIDP)
    result = paula.get("result")
    assert "Meets the criteria" in soup_of(result).h1.get_text()
    assert paula.get("packet").status_code == 200
    assert rows() == before


def test_every_page_says_what_it_is(cidp: Previewer) -> None:
    links = [str(a["href"]) for a in cidp.soup().select(".task-list a")]
    assert len(links) >= 8
    for link in [cidp.url(), *links]:
        response = cidp.client.get(link.partition("#")[0])
        bar = soup_of(response).select_one(".preview-bar")
        assert bar is not None, link
        words = "Preview of edition 2022D0035AE (draft): nothing is sent"
        assert words in bar.get_text(), link


def test_no_address_leads_to_a_request(cidp: Previewer) -> None:
    """Nothing of it can be submitted, withdrawn, compared or made a request."""
    slugs = ["", "start", "diagnosis", MDL, "dose", "result"]
    for slug in slugs:
        main = cidp.soup(slug).select_one("main")
        assert main is not None
        found = [a.get("href", a.get("action")) for a in main.select("a[href], form[action]")]
        assert not [url for url in found if "/requests/" in str(url)], slug


def test_every_page_of_every_pathway_opens(paula: Previewer) -> None:
    """Each begins with its diagnosis and phase chosen."""
    pathways = list(Pathway.objects.filter(version=paula.version).select_related("indication"))
    assert len(pathways) > 30
    for pathway in pathways:
        response = paula.client.post(paula.url("from-pathway"), {"pathway_pk": pathway.pk})
        assert "/criteria-" in response["Location"]
        about = soup_of(paula.client.get(response["Location"])).select_one(".about")
        assert about is not None
        assert pathway.indication.name in about.get_text()
        for link in paula.soup().select(".task-list a"):
            assert paula.client.get(str(link["href"])).status_code == 200, (pathway, link)


def test_pathway_keeps_what_was_typed(cidp: Previewer) -> None:
    cidp.post(MDL, **{"q-cidp_mdl_nerves": "2"})
    row = Pathway.objects.get(version=cidp.version, indication__key="cidp", serves="initial")
    response = cidp.client.post(cidp.url("from-pathway"), {"pathway_pk": row.pk})
    assert "/criteria-" in response["Location"]
    assert cidp.fields(MDL)["q-cidp_mdl_nerves"] == ["2"]
    assert cidp.fields("diagnosis")["icd10"] == ["G61.81"]


def test_pathway_of_another_edition_is_not_chosen(paula: Previewer) -> None:
    other = Pathway.objects.exclude(version=paula.version).first()
    for sent in (str(getattr(other, "pk", "")), "", "x", "9" * 40):
        response = paula.client.post(paula.url("from-pathway"), {"pathway_pk": sent})
        assert response.status_code == 404


@pytest.mark.parametrize("slug", ["start", "diagnosis", MDL, "dose"])
def test_fragments_equal_the_full_page(paula: Previewer, slug: str) -> None:
    paula.walked({"start": START} | factory.CIDP)
    fragments = soup_of(paula.post(slug, htmx=True))
    page = paula.soup(slug)
    parts = list(fragments.find_all(id=True, recursive=False))
    assert {"panel", "saved", "revision"} <= {part["id"] for part in parts}
    for part in parts:
        assert plain(part) == plain(page.find(id=part["id"])), part["id"]


def test_packet_says_preview_on_each_page(cidp: Previewer) -> None:
    response = cidp.get("packet")
    assert response["Content-Type"] == "application/pdf"
    texts = [page.extract_text() for page in PdfReader(BytesIO(response.content)).pages]
    assert all(text.count("PREVIEW") >= 2 and "DRAFT" not in text for text in texts)
    assert "not stated" in texts[0]


def test_start_again_forgets_everything(cidp: Previewer) -> None:
    response = cidp.client.post(cidp.url("start-again"))
    assert response["Location"] == cidp.url()
    assert cidp.fields("diagnosis")["icd10"] == [""]


def test_first_page_takes_only_days_of_the_edition(paula: Previewer) -> None:
    response = paula.post("start", phase="initial", request_date="2021-11-30")
    assert response.status_code == 422
    assert "2022D0035AE is in force from 1 Dec 2021" in soup_of(response).get_text()
    assert paula.post("start", phase="initial", request_date="2021-12-01").status_code == 302


def test_search_finds_diagnoses_of_the_draft(paula: Previewer) -> None:
    found = paula.client.get(paula.url("diagnosis"), {"q": "CIDP"}, headers={"HX-Request": "true"})
    assert "demyelinating" in soup_of(found).get_text()
    chosen = paula.post("diagnosis", choose="cidp G61.81")
    assert chosen["Location"] == f"{paula.url('diagnosis')}#chosen"
