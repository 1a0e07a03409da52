"""A small edition that uses every form an edition knows."""

from dataclasses import replace
from datetime import date
from functools import cache

from criteria.policies.edition import Edition
from criteria.policies.file.compile import compile_edition
from criteria.rules import (
    AnswerType,
    Citation,
    CriteriaGroup,
    FactRole,
    GroupKind,
    Leaf,
    NamesCode,
    QuestionDefinition,
)
from tests.factories.policy_file import policy_file

CODES = QuestionDefinition(key="codes", wording="Which codes?", type=AnswerType.CODES)
CODES = replace(CODES, role=FactRole.DIAGNOSIS_CODES)
NAMED = Leaf(
    key="named",
    question=CODES,
    test=NamesCode(frozenset({"B20", "E11"}), principal=True),
    title="Named",
    citation=Citation("156", "Codes"),
    note="By code.",
)


@cache
def small() -> Edition:
    """The small policy of the factories, with a question of codes and two notes of the edition."""
    edition = compile_edition(policy_file())
    immune = edition.indications["immune"]
    initial = immune.pathways[0]
    root = initial.criteria
    assert isinstance(root, CriteriaGroup)
    criteria = replace(root, kind=GroupKind.AT_LEAST, n=3, members=(*root.members, NAMED))
    pathways = (replace(initial, criteria=criteria), *immune.pathways[1:])
    return replace(
        edition,
        effective_until=date(2022, 10, 1),
        codes_lines="165",
        codes_words="Not covered.",
        products_lines="13",
        products_words="A reviewer decides.",
        questions={**edition.questions, "codes": CODES},
        indications={**edition.indications, "immune": replace(immune, pathways=pathways)},
    )
