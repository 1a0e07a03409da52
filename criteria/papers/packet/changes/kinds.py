"""The kinds of rows a packet is made of, and how a change of each is told."""

from dataclasses import replace

from criteria.dosing.label_words import BY_LABEL
from criteria.papers.packet.changes.rows import RowKind
from criteria.papers.packet.changes.text import dose_words, overall_words, state_words

NOBODY: frozenset[str] = frozenset()
# Facts the software works out of what was stated: under the request, and in the worksheet. The
# largest dose that fits is one too, but always worth a line.
COMPUTED = frozenset(
    {
        "Authorization",
        "Policy",
        "Weight used",
        "Dose in one course",
        "By infusion day",
        "Units of the dose",
        "Opened and discarded",
        "Above the maximum",
        "Courses before",
        BY_LABEL,
        "Most the policy allows",
        "Nearest dose by infusion day",
        "Vials",
        "Billing code",
    }
)

TOLD_APART = frozenset(
    {
        "asked",
        "attestation",
        "baseline",
        "code_notes",
        "confirmations",
        "dose",
        "enclosures",
        "gates",
        "notes",
        "parts",
        "patient",
        "policy",
        "sections",
        "summary",
        "therapies",
    }
)

# What stands at the top of a content and in no part of its own.
REQUEST = RowKind(
    apart=TOLD_APART,
    labels={"is_draft": "Draft", "number": "Request number", "words": "Notes"},
)
RESULT = RowKind(
    apart=frozenset({"blocks", "missing", "steps"}),
    labels={"overall": "Finding", "sentence": "In words"},
    words={"overall": overall_words},
    typed=NOBODY,
)
ASKED = RowKind(
    apart=frozenset({"facts"}), labels={"indication": "Diagnosis", "pathway": "Criteria"}
)
FACT = RowKind(
    title="label",
    passes=(("label", "value"), ("label",)),
    whole=("value",),
    labels={"value": ""},
)
FIT_FACT = replace(FACT, typed=NOBODY)
COMPUTED_FACT = replace(FIT_FACT, is_worked_out=True)
PART = RowKind(
    passes=(("block", "title"), ("title",), ("block",)),
    whole=("state",),
    apart=frozenset({"criteria"}),
    labels={"state": "All of it", "title": "Title", "joins": "Asks for", "citation": "Policy"},
    words={"state": state_words},
    follows=frozenset({"joins"}),
    typed=NOBODY,
)
# ``finding`` is the state as it is printed, put together of the fields that follow it.
CRITERION = RowKind(
    title="title",
    number="number",
    passes=(("key", "number", "title"), ("key",), ("number", "title"), ("title",), ("number",)),
    whole=("finding", "answer"),
    labels={
        "title": "Title",
        "answer": "Answer",
        "finding": "Finding",
        "evidence": "Evidence",
        "joins": "Asks for",
        "required": "Needs",
        "citation": "Policy",
        "reason": "Why",
    },
    words={"state": state_words},
    follows=frozenset({"state", "needed", "advised", "reason", "required", "joins"}),
    typed=frozenset({"answer", "evidence"}),
)
GATE = RowKind(
    title="text",
    passes=(("text",), ("citation",)),
    whole=("state", "words"),
    labels={"state": "Finding", "text": "Says", "words": "In words", "citation": "Policy"},
    words={"state": state_words},
    typed=NOBODY,
)
DOSE = RowKind(
    apart=frozenset({"facts", "regimens", "notes"}),
    labels={"state": "The dose asked for", "text": "In words", "unit_name": "Billing units"},
    words={"state": dose_words},
    follows=frozenset({"text", "unit_name"}),
    typed=NOBODY,
)
REGIMEN = RowKind(
    title="words",
    passes=(("words", "citation"), ("words",), ("citation",)),
    whole=("state", "formula"),
    labels={"state": "Finding", "citation": "Policy", "text": "Finding in words"},
    words={"state": dose_words},
    follows=frozenset({"text", "periods"}),
    typed=NOBODY,
)
THERAPY = RowKind(
    title="drug",
    number="criterion",
    passes=(("criterion", "drug"), ("criterion",), ("drug",)),
    whole=("outcome", "dates", "reason"),
)
PATIENT = RowKind(labels={"name": "Name", "born_on": "Born", "member_id": "Member"})
APPROVAL = RowKind(
    title="heading",
    passes=(("heading",), ("number",)),
    whole=("number", "day"),
    labels={"number": "Request", "day": "Approved"},
    typed=NOBODY,
)
# Repeats answers of today, and holds them against those of an approval.
BASELINE_ROW = RowKind(
    title="label",
    passes=(("label",),),
    whole=("now",),
    labels={"now": "", "then": "At the approval"},
    typed=NOBODY,
    is_worked_out=True,
)
ENCLOSURE = RowKind(
    title="name",
    number="letter",
    passes=(("letter",), ("fingerprint", "name")),
    whole=("file", "dated_on", "criteria"),
    labels={
        "name": "Document",
        "dated_on": "Dated",
        "criteria": "For criteria",
        "fingerprint": "SHA-256 of the file",
    },
    typed=frozenset({"letter", "name", "file", "dated_on", "pages", "fingerprint"}),
)
ATTESTATION = RowKind(labels={"by": "Entered by", "at": "Attested", "text": "Words"}, typed=NOBODY)
REMARK = RowKind(
    passes=(("text",),), whole=("text", "citation"), labels={"citation": "Policy"}, typed=NOBODY
)
TEXT = RowKind(passes=(("text",),), whole=("text",))
COMPUTED_TEXT = replace(TEXT, typed=NOBODY, is_worked_out=True)
POLICY = RowKind(typed=NOBODY)
