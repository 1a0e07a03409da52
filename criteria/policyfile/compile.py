"""From the parts of a policy file to an Edition, with everything that refers to something checked.

Every mistake is collected with its path in the file, so that one run reports them all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from criteria.dosing.limits import DoseRule, Limit, Regimen
from criteria.edition import (
    Code,
    CodeSystem,
    Coverage,
    Edition,
    HistoryEntry,
    Indication,
    NamedDisease,
    Pathway,
    Phase,
    Product,
    ProductCode,
    ReviewerNote,
)
from criteria.policyfile import schema
from criteria.policyfile.compile_tree import Path, Problem, TreeCompiler
from criteria.rules import Choice, Question


class PolicyFileError(Exception):
    """A policy file that cannot be used; ``problems`` says where and what was expected."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in file order."""
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))


def compile_edition(file: schema.PolicyFile) -> Edition:
    """Build the immutable Edition of a policy file.

    Raises PolicyFileError naming the path of every part that refers to something that is not there
    or does not fit (an unknown question, "at least 4 of 3", a passing choice that is no choice).
    """
    compiler = _Compiler(file)
    edition = compiler.edition()
    if compiler.problems:
        raise PolicyFileError(compiler.problems)
    return edition


def question_of(key: str, part: schema.QuestionPart) -> Question:
    """One question of the library."""
    return Question(
        key=key,
        wording=part.ask,
        type=part.type,
        help=part.help,
        unit=part.unit,
        other_units=tuple(part.other_units.items()),
        minimum=part.min,
        maximum=part.max,
        whole=part.whole,
        dated=part.dated,
        choices=tuple(Choice(k, label) for k, label in part.choices.items()),
        examples=part.examples,
        role=part.role,
    )


def limit_of(part: schema.LimitPart) -> Limit:
    """One dosing limit."""
    fields = part.model_dump(exclude={"condition"})
    return Limit(**fields, conditional=part.condition is not None)


@dataclass
class _Compiler:
    file: schema.PolicyFile

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []
        self.questions = {k: question_of(k, p) for k, p in self.file.questions.items()}
        self.tree = TreeCompiler(self.questions, self.problems)

    def edition(self) -> Edition:
        file, part = self.file, self.file.edition
        return Edition(
            policy_key=file.policy.key,
            policy_name=file.policy.name,
            payer=file.policy.payer,
            line_of_business=file.policy.line_of_business,
            number=part.number,
            effective_from=part.effective_from,
            effective_until=part.effective_until,
            source=part.source,
            authorization_months=part.authorization_months,
            rounding_allowance_percent=part.rounding_allowance_percent,
            questions=self.questions,
            general={
                Phase.INITIAL: self.tree.root(file.general.initial, ("general", "initial")),
                Phase.CONTINUATION: self.tree.root(
                    file.general.continuation, ("general", "continuation")
                ),
            },
            indications={k: self._indication(k, p) for k, p in file.indications.items()},
            products={k: self._product(k, p) for k, p in file.products.items()},
            codes=dict(self._codes()),
            history=tuple(HistoryEntry(h.day, h.summary, h.lines) for h in file.history),
            diseases={
                k: tuple(NamedDisease(d.name, d.lines, d.note) for d in entries)
                for k, entries in file.diseases.items()
            },
            notes=self._notes(file.notes, ("notes",)),
        )

    def _indication(self, key: str, part: schema.IndicationPart) -> Indication:
        path: Path = ("indications", key)
        if (part.coverage is Coverage.CRITERIA) != bool(part.pathways):
            expected = "at least one pathway" if not part.pathways else "no pathway"
            self._problem(
                (*path, "coverage"), f"coverage {part.coverage} expects {expected}: {part.name}"
            )
        return Indication(
            key=key,
            name=part.name,
            coverage=part.coverage,
            lines=part.lines,
            synonyms=tuple(part.also_called),
            help=part.help,
            route_words=part.route_words,
            pathways=tuple(
                self._pathway(k, p, (*path, "pathways", k)) for k, p in part.pathways.items()
            ),
            notes=self._notes(part.notes, (*path, "notes")),
        )

    def _pathway(self, key: str, part: schema.PathwayPart, path: Path) -> Pathway:
        conditions = {}
        regimens = []
        for r, regimen in enumerate(part.dose):
            for i, limit in enumerate(regimen.phases):
                if limit.condition is not None:
                    at = (*path, "dose", r, "phases", i, "condition")
                    conditions[limit.key] = self.tree.root(limit.condition, at)
            regimens.append(Regimen(tuple(limit_of(limit) for limit in regimen.phases)))
        pathway = Pathway(
            key=key,
            name=part.name,
            phases=frozenset(part.serves),
            lines=part.lines,
            criteria=self.tree.root(part.criteria, (*path, "criteria")),
            dose=DoseRule(tuple(regimens), iv_only=part.dose_iv_only),
            conditions=conditions,
            notes=self._notes(part.notes, (*path, "notes")),
        )
        self._check_limits(pathway, path)
        return pathway

    def _check_limits(self, pathway: Pathway, path: Path) -> None:
        keys = [limit.key for limit in pathway.dose.limits]
        for key in {k for k in keys if keys.count(k) > 1}:
            self._problem((*path, "dose"), f"dosing limit key {key!r} is used twice")
        for limit in pathway.dose.limits:
            low, high = limit.min_days, limit.max_days
            if low is not None and (high is None or low > high):
                self._problem((*path, "dose"), f"{limit.key}: min_days {low}, max_days {high}")

    def _notes(self, parts: list[schema.NotePart], path: Path) -> tuple[ReviewerNote, ...]:
        return tuple(
            ReviewerNote(
                key=part.key,
                text=part.text,
                lines=part.lines,
                when=self.tree.optional(part.when, (*path, i, "when")),
                unless=self.tree.optional(part.unless, (*path, i, "unless")),
                codes=frozenset(part.codes),
            )
            for i, part in enumerate(parts)
        )

    def _product(self, key: str, part: schema.ProductPart) -> Product:
        if part.excluded and not part.exclusion_words:
            self._problem(("products", key), "an excluded product needs exclusion_words")
        return Product(
            key=key,
            brand=part.brand,
            routes=tuple(part.routes),
            form=part.form,
            concentration_percent=part.concentration_percent,
            vial_sizes_g=tuple(part.vial_sizes_g),
            unconfirmed_vial_sizes_g=tuple(part.unconfirmed_vial_sizes_g),
            billing_unit_mg=part.billing_unit_mg,
            codes=tuple(ProductCode(c.code, c.first_day, c.last_day) for c in part.codes),
            listed=part.listed,
            excluded=part.excluded,
            exclusion_words=part.exclusion_words,
            exclusion_lines=part.exclusion_lines or "",
            iv_to_sc_factor=part.iv_to_sc_factor,
            ml_per_g=part.ml_per_g,
            note=part.note,
        )

    def _codes(self) -> Iterator[tuple[tuple[CodeSystem, str], Code]]:
        for system in CodeSystem:
            parts: dict[str, schema.CodePart] = getattr(self.file.codes, system)
            for code, part in parts.items():
                self._check_code(system, code, part)
                yield (
                    (system, code),
                    Code(
                        system=system,
                        code=code,
                        description=part.description,
                        lines=part.lines or "",
                        listed=part.listed,
                        first_day=part.first_day,
                        last_day=part.last_day,
                        indications=tuple(part.indications),
                        unproven=tuple(part.unproven),
                        clear=part.clear,
                        note=part.note,
                    ),
                )

    def _check_code(self, system: CodeSystem, code: str, part: schema.CodePart) -> None:
        path: Path = ("codes", system.value, code)
        for field in ("indications", "unproven"):
            for i, key in enumerate(getattr(part, field)):
                found = self.file.indications.get(key)
                if found is None:
                    self._problem((*path, field, i), f"unknown indication {key!r}")
                elif (found.coverage is Coverage.UNPROVEN) != (field == "unproven"):
                    self._problem((*path, field, i), f"{key!r} has coverage {found.coverage}")

    def _problem(self, path: Path, message: str) -> None:
        self.problems.append(Problem(path, message))
