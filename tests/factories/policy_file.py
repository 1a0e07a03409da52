"""A small policy file that uses every form a policy file knows."""

from typing import Any

from criteria.policies.file.schema import PolicyFile

QUESTIONS: dict[str, Any] = {
    "stated": {"ask": "Is it diagnosed?", "type": "yes_no", "role": "diagnosis_stated"},
    "igg": {
        "ask": "IgG level",
        "type": "number",
        "help": "The lowest of the last year.",
        "unit": "mg/dL",
        "other_units": {"g/L": "100", "mg/L": "0.1"},
        "min": "0",
        "max": "5000",
        "dated": True,
    },
    "transplanted_on": {"ask": "Day of the transplant", "type": "date", "role": "transplant_date"},
    "relapsed_on": {"ask": "Day of the relapse", "type": "date"},
    "kind": {
        "ask": "Which kind?",
        "type": "choice",
        "choices": {"common": "Common", "other": "Another", "unclear": "Not clear", "no": "None"},
    },
    "steroid": {"ask": "Steroids", "type": "therapy", "examples": "prednisone"},
    "drugs": {
        "ask": "Drugs tried",
        "type": "list",
        "examples": "one, two",
        "names": ["one, first", "two"],
        "names_not_counted": ["nought, zero", "none"],
    },
}


def leaf(question: str, **more: Any) -> dict[str, Any]:
    return {"question": question, "title": f"Title of {question}", "lines": "10-12"} | more


def group(kind: str, members: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {kind: members, "key": "root", "title": "Criteria", "lines": "9"} | more


def criteria() -> dict[str, Any]:
    return group(
        "all",
        [
            leaf("stated", passes=True, section="Coverage", note="A note."),
            {
                "key": "some",
                "title": "Some of these",
                "lines": "11, 14",
                "at_least": 2,
                "of": [
                    leaf("igg", passes="< 400.5", not_older_than="1 month"),
                    leaf(
                        "kind",
                        passes=["other", "common"],
                        reviewer=["unclear"],
                        contradiction="unclear-kind",
                    ),
                    leaf("steroid"),
                ],
            },
            {
                "key": "fork",
                "title": "After a transplant",
                "lines": "15",
                "when": leaf("transplanted_on", within="100 days", of="therapy_start"),
                "then": leaf("drugs", passes=">= 2"),
                "otherwise": leaf(
                    "relapsed_on", within="2 weeks", of="transplanted_on", after=True
                ),
            },
            {"dose": True, "title": "The dose", "lines": "20"},
        ],
    )


def limits() -> list[dict[str, Any]]:
    first = {
        "key": "load",
        "lines": "30",
        "section": "Dosing",
        "per": "course",
        "max_mg_per_kg": "2000",
        "min_mg_per_kg": "400",
        "min_days": 2,
        "max_days": 5,
        "consecutive_days": True,
        "equal_doses": True,
        "max_courses": 1,
        "courses_counted": "in_all",
        "through_day_of_therapy": 21,
    }
    then = {
        "key": "keep",
        "joined_by": "then",
        "remark": "Given as long as it helps.",
        "lines": "31",
        "per": "dose",
        "max_mg_per_kg": "500",
        "shortest_interval_days": 21,
        "longest_interval_days": 28,
        "through_day_of_therapy": 90,
        "until_event": "transplant",
        "until_days": 100,
    }
    more = {
        "key": "more",
        "joined_by": "only_if",
        "lines": "32",
        "per": "week",
        "max_mg_per_kg": "1000",
        "only_induction": True,
        "only_initial": True,
        "condition": leaf("igg", passes="<= 100"),
        "condition_words": "the IgG is 100 mg/dL or less",
    }
    return [first, then, more]


def note(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "text": f"Look at {key}.", "lines": "40"} | more


def indications() -> dict[str, Any]:
    pathways = {
        "initial": {
            "name": "First request",
            "serves": ["initial"],
            "lines": "9-20",
            "criteria": criteria(),
            "dose_iv_only": True,
            "dose_label_lines": "20",
            "dose": limits(),
            "notes": [note("severity", when=leaf("steroid", passes=["failure", "intolerance"]))],
        },
        "again": {
            "name": "Continuation",
            "serves": ["continuation", "initial"],
            "lines": "21",
            "criteria": leaf("stated", passes=False, key="not-cured"),
            "dose_iv_only": False,
        },
    }
    return {
        "immune": {
            "name": "Immune deficiency",
            "coverage": "criteria",
            "lines": "9-21",
            "also_called": ["PI", "CVID"],
            "help": "See the list.",
            "pathways": pathways,
            "notes": [note("age", unless=leaf("stated", passes=True), codes=["D80.0", "D83.9"])],
        },
        "kawasaki": {"name": "Kawasaki disease", "coverage": "general", "lines": "22"},
        "asthma": {
            "name": "Asthma",
            "coverage": "unproven",
            "lines": "50",
            "route_words": "Ask for an exception.",
        },
    }


CONTRADICTIONS: dict[str, Any] = {
    "unclear-kind": {
        "name": "The unclear kind",
        "one_side": "It is covered.",
        "one_side_lines": "11",
        "other_side": "It is not covered.",
        "other_side_lines": "50, 52",
        "codes": ["D80.9", "D83.9"],
    },
    "asthma": {
        "name": "Asthma",
        "one_side": "Asthma is unproven.",
        "one_side_lines": "50",
        "other_side": "Asthma is covered again.",
        "other_side_lines": "51",
        "indications": ["asthma"],
        "phases": ["continuation"],
    },
}
PRODUCTS: dict[str, Any] = {
    "alpha": {
        "brand": "Alpha",
        "routes": ["SC", "IV"],
        "form": "liquid",
        "concentration_percent": "16.5",
        "vial_sizes_g": ["1", "2.5", "10"],
        "unconfirmed_vial_sizes_g": ["40"],
        "billing_unit_mg": 500,
        "codes": [
            {"code": "J1599", "last_day": "2021-12-31"},
            {"code": "J1561", "first_day": "2022-01-01"},
        ],
        "labels": [
            {
                "source": "Label of Alpha, 2020",
                "last_day": "2021-12-31",
                "confirmed": False,
                "iv_to_sc_factor": "1.53",
                "note": "Read once.",
            },
            {
                "source": "Label of Alpha, 2022",
                "first_day": "2022-01-01",
                "iv_to_sc_factor": "1.37",
                "same_from_sc": True,
                "min_mg_per_kg": "100",
                "max_mg_per_kg": "200",
                "shortest_interval_days": 1,
                "longest_interval_days": 14,
                "days_after_iv": 7,
                "ramp_weeks": [1, 2, 4],
                "trough_ml_per_kg": "0.1",
                "trough_least_mg_per_dl": 100,
            },
        ],
        "ml_per_g": "6.06",
    },
    "beta": {
        "brand": "Beta",
        "routes": ["IV"],
        "form": "powder",
        "vial_sizes_g": ["5"],
        "listed": False,
        "excluded": True,
        "exclusion_words": "Not on the list.",
        "exclusion_lines": "70",
        "note": "Only abroad.",
    },
}
CODES: dict[str, Any] = {
    "icd10": {
        "D80.0": {"description": "Agammaglobulinemia", "lines": "60", "indications": ["immune"]},
        "J45.9": {
            "description": "Asthma",
            "listed": False,
            "first_day": "2020-10-01",
            "last_day": "2030-09-30",
            "indications": ["kawasaki", "immune"],
            "unproven": ["asthma"],
            "clear": True,
            "note": "Ambiguous.",
        },
    },
    "hcpcs": {"J1561": {"description": "Alpha, 500 mg", "lines": "61"}},
}


def policy_file(
    *,
    key: str = "commercial-ig",
    line_of_business: str = "commercial",
    number: str = "2021D0035AD",
    effective_from: str = "2021-10-01",
    effective_until: str | None = None,
    **parts: Any,
) -> PolicyFile:
    """The small policy file, with some of its parts replaced."""
    said: dict[str, Any] = {
        "policy": {
            "key": key,
            "name": "Immune globulin",
            "payer": "Example Health",
            "line_of_business": line_of_business,
        },
        "edition": {
            "number": number,
            "effective_from": effective_from,
            "effective_until": effective_until,
            "source": "Example policy, PDF",
            "authorization_months": 12,
            "rounding_allowance_percent": "2.5",
        },
        "history": [{"day": "2021-09-01", "summary": "First edition.", "lines": "80"}],
        "questions": QUESTIONS,
        "general": {
            "initial": leaf("stated", passes=True),
            "continuation": group("any", [leaf("stated", passes=True), leaf("steroid")]),
        },
        "contradictions": CONTRADICTIONS,
        "indications": indications(),
        "diseases": {"pi": [{"name": "CVID", "lines": "55", "note": "Most common."}], "none": []},
        "products": PRODUCTS,
        "codes": CODES,
        "notes": [note("whole")],
    }
    return PolicyFile.model_validate(said | parts)
