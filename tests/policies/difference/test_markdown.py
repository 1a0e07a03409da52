"""The difference as a document and as data."""

import json
from dataclasses import replace
from datetime import date

from criteria.policies.difference import difference
from criteria.policies.difference.markdown import markdown
from criteria.policies.difference.plain import plain
from criteria.policies.difference.words import in_force_text
from tests.helpers.policies.between import between
from tests.policies.difference.small import small


def test_committee_reads_what_the_payer_says_and_what_changed() -> None:
    text = markdown(between(("R3", "R4")))
    assert "what changed from R3 to R4" in text.splitlines()[0]
    assert "2 ICD-10-CM codes added, 1 removed." in text
    assert "## What the payer says changed" in text
    assert "- removed: **M31.1**" in text
    assert "- added: **M31.10**" in text


def test_old_and_new_stand_in_one_row() -> None:
    text = markdown(difference(small(), replace(small(), authorization_months=6)))
    assert "| Length of an authorization | 12 months | 6 months |" in text


def test_words_are_never_markup() -> None:
    question = replace(small().questions["igg"], wording="a | b *c*\n# d <e>")
    new = replace(small(), questions={**small().questions, "igg": question})
    assert "| Wording | IgG level | a \\| b \\*c\\* \\# d \\<e\\> |" in markdown(
        difference(small(), new)
    )


def test_nothing_differs() -> None:
    text = markdown(difference(small(), small()))
    assert "Nothing differs" in text
    assert "Lesser" not in text


def test_data_is_json_and_says_the_same() -> None:
    found = between(("R1", "R2"))
    data = json.loads(json.dumps(plain(found)))
    assert data["counts"] == {"icd10": {"added": 4, "removed": 1}}
    assert [change["kind"] for change in data["changes"]].count("added") == 4
    assert data["changes"][0]["concerns"] == {"codes": ["icd10 D59.1"]}
    assert data["old"]["number"] == "R1"


def test_days_in_force() -> None:
    day = date(2022, 10, 1)
    assert in_force_text(day, None) == "from 1 Oct 2022"
    assert in_force_text(day, date(2023, 7, 1)) == "1 Oct 2022 to 30 Jun 2023"
    assert "never: replaced on 1 Oct 2022" in in_force_text(day, day)
