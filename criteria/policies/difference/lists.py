"""Questions, products, codes, named diseases and the payer's history, as items."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from criteria.dosing.label import LabelRules
from criteria.dosing.label_words import rules_text, source_text
from criteria.policies.difference.change import Concerns, Side
from criteria.policies.difference.item import (
    ComparedPart,
    Field,
    PartOrder,
    cited,
    day,
    flag,
    lines,
    listed,
    number,
    read_out,
    text,
)
from criteria.policies.difference.sections import OF_SYSTEM, EditionSection
from criteria.policies.edition import (
    CodeDefinition,
    DiseaseDefinition,
    Edition,
    HistoryDefinition,
    ProductCodeDefinition,
    ProductDefinition,
)
from criteria.rules import Citation, QuestionDefinition
from criteria.rules.explain import date_text, number_text, unit_text


def question_item(question: QuestionDefinition) -> ComparedPart:
    """A question, with everything its answer is read by."""
    fields = tuple(_question_fields(question))
    return ComparedPart(
        section=EditionSection.QUESTIONS,
        key=("question", question.key),
        side=Side(place="", name=question.wording, words=read_out(fields[1:])),
        fields=fields,
        concerns=Concerns(questions=frozenset({question.key})),
    )


def _question_fields(question: QuestionDefinition) -> Iterator[Field]:
    units = [f"{unit_text(unit)} (× {number_text(by)})" for unit, by in question.other_units]
    keys = [f"{choice.key}: {choice.label}" for choice in question.choices]
    yield text("Wording", question.wording)
    yield text("Help", question.help)
    yield text("Examples", question.examples)
    yield Field(
        label="Kind of answer", value=question.type, words=question.type.replace("_", " or ")
    )
    yield text("Unit", question.unit)
    yield Field(label="Other units", value=question.other_units, words=", ".join(units))
    yield number("At least", question.minimum, unit_text(question.unit))
    yield number("At most", question.maximum, unit_text(question.unit))
    yield flag("Whole numbers only", question.whole)
    yield flag("Asks for the day measured", question.dated)
    yield flag("A fact nobody can change", question.unchangeable)
    yield listed("Answers", keys, [choice.label for choice in question.choices])
    yield listed("Names that count", [", ".join(each) for each in question.names.counted])
    off = [", ".join(each) for each in question.names.not_counted]
    yield listed("Names that do not count", off)
    role = "" if question.role is None else question.role.replace("_", " ")
    yield Field(label="Answered by the request", value=question.role, words=role)


def product_item(product: ProductDefinition) -> ComparedPart:
    """A product with its vials and billing codes."""
    fields = (*_make_fields(product), *_standing_fields(product))
    return ComparedPart(
        section=EditionSection.PRODUCTS,
        key=("product", product.key),
        side=Side(
            place="",
            name=product.name,
            words=read_out(fields[1:]),
            citation=lines(product.exclusion_lines),
        ),
        fields=fields,
        concerns=Concerns(product=product.key),
    )


def _make_fields(product: ProductDefinition) -> Iterator[Field]:
    yield text("Brand", product.brand)
    yield listed("Given", product.routes)
    yield text("Form", product.form)
    yield number("Strength", product.concentration_percent, "%")
    yield _grams("Vials", product.vial_sizes_g)
    yield _grams("Vials to be confirmed", product.unconfirmed_vial_sizes_g)
    yield number("A billing unit is", product.billing_unit_mg, "mg")
    codes = "; ".join(_billing(code) for code in product.codes)
    yield Field(label="Billing codes", value=product.codes, words=codes)
    said = "; ".join(_label(label) for label in product.labels)
    yield Field(label="Under the skin, by the label", value=product.labels, words=said)
    yield number("A gram is", product.ml_per_g, "mL")


def _standing_fields(product: ProductDefinition) -> Iterator[Field]:
    yield flag("Listed by the policy", product.listed)
    yield flag("Excluded", product.excluded)
    yield text("Why it is excluded", product.exclusion_words)
    yield text("Note", product.note)
    yield cited(Citation(product.exclusion_lines))


def _grams(label: str, sizes: tuple[Decimal, ...]) -> Field:
    words = ", ".join(number_text(size) for size in sizes)
    return Field(label=label, value=sizes, words=f"{words} g" if sizes else "")


def _billing(code: ProductCodeDefinition) -> str:
    return " ".join(filter(None, (code.code, _period(code.first_day, code.last_day))))


def _label(label: LabelRules) -> str:
    days = _period(label.first_day, label.last_day)
    head = " ".join(filter(None, (source_text(label), days)))
    return ". ".join(filter(None, (f"{head}: {rules_text(label)}", label.note)))


def _period(first: date | None, last: date | None) -> str:
    said = (("from", first), ("through", last))
    return " ".join(f"{word} {date_text(each)}" for word, each in said if each is not None)


def code_item(code: CodeDefinition, edition: Edition) -> ComparedPart:
    """A code of the list, or one that is only mapped beside it: a lesser thing of its own."""
    section = OF_SYSTEM[code.system]
    fields = tuple(_code_fields(code, edition))
    said = [field for field in fields[1:] if not isinstance(field.value, bool)]
    own, other = ("code", "mapped code") if code.listed else ("mapped code", "code")
    return ComparedPart(
        section=section,
        key=(own, code.system, code.code),
        side=Side(
            place="" if code.listed else "Not in the list, known for its diagnosis",
            name=code.code,
            words=". ".join(filter(None, (code.description, read_out(said)))),
            citation=lines(code.lines),
        ),
        fields=fields,
        concerns=Concerns(codes=frozenset({(code.system, code.code)})),
        twin=(other, code.system, code.code),
        is_lesser=not code.listed,
    )


def _code_fields(code: CodeDefinition, edition: Edition) -> Iterator[Field]:
    names = {key: each.name for key, each in edition.indications.items()}
    yield text("Description", code.description)
    yield day("First day", code.first_day)
    yield day("Last day", code.last_day)
    yield _named("Suggests", code.indications, names)
    yield _named("Also used for the unproven", code.unproven, names)
    yield flag("Points to one diagnosis", code.clear)
    yield text("Note", code.note)
    yield cited(Citation(code.lines))


def _named(label: str, keys: tuple[str, ...], names: dict[str, str]) -> Field:
    return listed(label, keys, [names.get(key, key) for key in keys])


def disease_items(key: str, diseases: tuple[DiseaseDefinition, ...]) -> Iterator[ComparedPart]:
    """A list of diseases, and each disease in it."""
    name = key.replace("_", " ").replace("-", " ")
    names = tuple(disease.name for disease in diseases)
    yield ComparedPart(
        section=EditionSection.DISEASES,
        key=("diseases", key),
        side=Side(place="", name=f"{name} (list)", words="; ".join(names)),
        fields=(PartOrder(label="Order", value=names, names=names),),
    )
    for disease in diseases:
        yield ComparedPart(
            section=EditionSection.DISEASES,
            key=("disease", key, disease.name),
            side=Side(
                place=name, name=disease.name, words=disease.note, citation=lines(disease.lines)
            ),
            fields=(text("Note", disease.note), cited(Citation(disease.lines))),
            parent=("diseases", key),
        )


def history_item(entry: HistoryDefinition) -> ComparedPart:
    """A line of the payer's own history: it stands beside what changed."""
    return ComparedPart(
        section=EditionSection.HISTORY,
        key=("history", entry.day.isoformat(), entry.summary),
        side=Side(
            place="",
            name=date_text(entry.day),
            words=entry.summary,
            citation=lines(entry.lines),
        ),
        fields=(cited(Citation(entry.lines)),),
        is_lesser=True,
    )
