"""Files of cases: what is wrong is said with its line."""

import pytest

from criteria.requests.case_files.cases import CaseFileError, read_cases

GENERAL = {"initial": {"history": True}}
HEAD = "policy: uhc\non: 2021-06-30\nindication: kawasaki\nphase: initial\n"


def problems(text: str) -> list[str]:
    with pytest.raises(CaseFileError) as refused:
        read_cases(text, "k.yaml")
    return [str(problem) for problem in refused.value.problems]


def test_case_is_laid_over_its_base() -> None:
    text = f"""{HEAD}base:
  general: met
  answers: {{a: yes, b: 2}}
  patient: {{weight_kg: 20.5}}
  dose: {{mg_per_kg: 2000, basis: total}}
cases:
  - name: other dose, and a day
    answers: {{b: not answered, c: 30 days before}}
    dose: {{g: 40}}
    expect: meets
"""
    (case,) = read_cases(text, "k.yaml", GENERAL).cases
    assert case.request["answers"] == {"history": True, "a": True, "c": "2021-05-31"}
    assert case.request["dose"] == {"basis": "total", "g": 40}
    assert str(case.request["patient"]["weight_kg"]) == "20.5"
    assert case.request["on"] == "2021-06-30"


def test_each_stands_for_every_combination() -> None:
    text = (
        f"{HEAD}cases:\n  - {{name: x, each: {{icd10: [A1, B2], phase: [initial]}}, expect: meets}}"
    )
    names = [case.name for case in read_cases(text, "k.yaml").cases]
    assert names == ["x, A1, initial", "x, B2, initial"]


WRONG = {
    "broken YAML": (f"{HEAD}cases: [\n", "k.yaml:6: broken YAML"),
    "empty": ("", "k.yaml:1: "),
    "no mapping": ("- one\n", "k.yaml:1: expected a file of cases"),
    "unknown key": (f"{HEAD}dosage: 3\ncases:\n  - {{name: x, expect: meets}}\n", "k.yaml:5: unkn"),
    "no cases": (HEAD, "k.yaml:1: expected a list of cases"),
    "no policy": (
        "on: 2021-06-30\ncases:\n  - {name: x, expect: meets}\n",
        "k.yaml:1: expected the",
    ),
    "no name": (f"{HEAD}cases:\n  - {{expect: meets}}\n", "k.yaml:6: expected a case with a name"),
    "no result": (f"{HEAD}cases:\n  - name: x\n    expect: denied\n", "k.yaml:7: expect: one of"),
    "fails by what": (
        f"{HEAD}cases:\n  - name: x\n    expect: does not meet\n",
        "k.yaml:7: fails is missing",
    ),
    "twice": (
        f"{HEAD}cases:\n  - {{name: x, expect: meets}}\n  - {{name: x, expect: meets}}\n",
        "k.yaml:7: “x” stands already on line 6",
    ),
    "no day": (
        "policy: uhc\ncases:\n  - {name: x, on: tomorrow, expect: meets}\n",
        "k.yaml:3: expected the day of the request",
    ),
    "days before": (
        f"{HEAD}cases:\n  - {{name: x, answers: {{a: some days before}}, expect: meets}}\n",
        "k.yaml:6: expected such as “30 days before”",
    ),
    "no general.yaml": (
        f"{HEAD}cases:\n  - {{name: x, general: met, expect: meets}}\n",
        "k.yaml:6: “general: met” needs the file general.yaml",
    ),
    "each no list": (
        f"{HEAD}cases:\n  - {{name: x, each: {{icd10: A1}}, expect: meets}}\n",
        "k.yaml:6: expected for each key a list",
    ),
    "indications no list": (
        f"{HEAD}cases:\n  - {{name: x, indications: all, expect: meets}}\n",
        "k.yaml:6: expected a list of indications",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_said_with_its_line(name: str) -> None:
    text, said = WRONG[name]
    assert problems(text)[0].startswith(said)


def test_every_mistake_is_said_in_order() -> None:
    text = f"{HEAD}cases:\n  - {{name: x}}\n  - {{expect: meets}}\n  - {{name: y, expect: maybe}}\n"
    assert [each.split(":")[1] for each in problems(text)] == ["6", "7", "8"]


def test_mistake_of_the_base_is_said_once() -> None:
    base = "base:\n  general: met\n"
    cases = "cases:\n  - {name: x, expect: meets}\n  - {name: y, expect: meets}\n"
    (said,) = problems(f"{HEAD}{base}{cases}")
    assert said.startswith("k.yaml:6: “general: met” needs the file general.yaml")
