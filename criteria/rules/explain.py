"""Everything the screens and the packet say about criteria, in one place to import from."""

from criteria.rules.formats import (
    amount_text,
    citation_text,
    date_text,
    number_text,
    span_text,
    unit_text,
)
from criteria.rules.kinds.ages import valid_until
from criteria.rules.outline import NumberedFinding, OutlineLine, folded, numbered, outline
from criteria.rules.phrases import conjunction, in_words, progress_text, records_text, step_text
from criteria.rules.reasons import not_asked_text, reason_text
from criteria.rules.walk import LinePart, questions_of
from criteria.rules.wording import anchor_text, answer_text, required_text

__all__ = [
    "NumberedFinding",
    "OutlineLine",
    "LinePart",
    "amount_text",
    "anchor_text",
    "answer_text",
    "citation_text",
    "conjunction",
    "date_text",
    "folded",
    "in_words",
    "not_asked_text",
    "number_text",
    "numbered",
    "outline",
    "progress_text",
    "questions_of",
    "reason_text",
    "records_text",
    "required_text",
    "span_text",
    "step_text",
    "unit_text",
    "valid_until",
]
