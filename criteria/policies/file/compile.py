"""From the parts of a policy file to an Edition, with everything that refers to something checked.

Every mistake is collected with its path in the file, so that one run reports them all.
"""

from dataclasses import dataclass

from criteria.dosing.limits import DoseRule, Limit, regimens_of
from criteria.policies.edition import (
    ContradictionDefinition,
    DiseaseDefinition,
    Edition,
    HistoryDefinition,
    IndicationDefinition,
    NoteDefinition,
    PathwayDefinition,
)
from criteria.policies.file import schema
from criteria.policies.file.checks import contradiction_problems, file_problems, note_problems
from criteria.policies.file.checks_dose import dose_problems, no_dose
from criteria.policies.file.compile_lists import codes_of, product_of
from criteria.policies.file.compile_tree import TreeCompiler
from criteria.policies.file.problem import FileProblem, Path, PolicyFileError
from criteria.rules import AnswerChoice, Node, QuestionDefinition
from criteria.rules.names import name_table
from criteria.rules.terms import Coverage, TherapyPhase

__all__ = ["PolicyFileError", "compile_edition", "limit_of", "question_of"]


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


def question_of(key: str, part: schema.QuestionPart) -> QuestionDefinition:
    """One question of the library."""
    return QuestionDefinition(
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
        choices=tuple(AnswerChoice(k, label) for k, label in part.choices.items()),
        examples=part.examples,
        role=part.role,
        names=name_table(part.names, part.names_not_counted),
        unchangeable=part.unchangeable,
    )


def limit_of(part: schema.LimitPart) -> Limit:
    """One dosing limit; a number of courses without what it counts is refused in dose_problems."""
    fields = part.model_dump(exclude={"condition", "joined_by"})
    if part.max_courses is None or part.courses_counted is None:
        fields |= {"max_courses": None, "courses_counted": None}
    return Limit(**fields, conditional=part.condition is not None)


def dose_of(part: schema.PathwayPart) -> DoseRule:
    """The dose of a pathway."""
    regimens = regimens_of((limit_of(limit), limit.joined_by) for limit in part.dose)
    # Limits of which nobody said their route are refused in dose_problems.
    iv_only = bool(part.dose_iv_only) if regimens else part.dose_iv_only
    return DoseRule(regimens, iv_only=iv_only, label_lines=part.dose_label_lines or "")


@dataclass
class _Compiler:
    file: schema.PolicyFile

    def __post_init__(self) -> None:
        self.problems: list[FileProblem] = list(file_problems(self.file))
        self.questions = {k: question_of(k, p) for k, p in self.file.questions.items()}
        self.tree = TreeCompiler(self.questions, self.problems, self.file.contradictions)

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
            comparison_only=part.comparison_only,
            source=part.source,
            authorization_months=part.authorization_months,
            rounding_allowance_percent=part.rounding_allowance_percent,
            codes_bind=part.codes_bind,
            codes_lines=part.codes_lines or "",
            codes_words=part.codes_words,
            products_lines=part.products_lines or "",
            products_words=part.products_words,
            questions=self.questions,
            general={
                TherapyPhase.INITIAL: self._apart(file.general.initial, ("general", "initial")),
                TherapyPhase.CONTINUATION: self._apart(
                    file.general.continuation, ("general", "continuation")
                ),
            },
            indications={k: self._indication(k, p) for k, p in file.indications.items()},
            products={k: product_of(k, p) for k, p in file.products.items()},
            codes=dict(codes_of(file.codes)),
            history=tuple(HistoryDefinition(h.day, h.summary, h.lines) for h in file.history),
            diseases={
                k: tuple(DiseaseDefinition(d.name, d.lines, d.note) for d in entries)
                for k, entries in file.diseases.items()
            },
            notes=self._notes(file.notes, ("notes",)),
            contradictions={k: self._contradiction(k, p) for k, p in file.contradictions.items()},
        )

    def _contradiction(self, key: str, part: schema.ContradictionPart) -> ContradictionDefinition:
        is_used = bool(part.indications) or key in self.tree.met
        self.problems.extend(contradiction_problems(self.file, key, is_used=is_used))
        return ContradictionDefinition(
            key=key,
            name=part.name,
            one_side=part.one_side,
            one_side_lines=part.one_side_lines,
            other_side=part.other_side,
            other_side_lines=part.other_side_lines,
            indications=frozenset(part.indications),
            phases=frozenset(part.phases),
            codes=frozenset(part.codes),
        )

    def _indication(self, key: str, part: schema.IndicationPart) -> IndicationDefinition:
        path: Path = ("indications", key)
        if (part.coverage is Coverage.CRITERIA) != bool(part.pathways):
            expected = "at least one pathway" if not part.pathways else "no pathway"
            self._problem(
                (*path, "coverage"), f"coverage {part.coverage} expects {expected}: {part.name}"
            )
        return IndicationDefinition(
            key=key,
            name=part.name,
            coverage=part.coverage,
            lines=part.lines,
            synonyms=tuple(part.also_called),
            help=part.help,
            route_words=part.route_words,
            codes_bind=part.codes_bind,
            pathways=tuple(
                self._pathway(k, p, (*path, "pathways", k)) for k, p in part.pathways.items()
            ),
            notes=self._notes(part.notes, (*path, "notes")),
        )

    def _pathway(self, key: str, part: schema.PathwayPart, path: Path) -> PathwayDefinition:
        conditions = {
            limit.key: self._apart(limit.condition, (*path, "dose", i, "condition"))
            for i, limit in enumerate(part.dose)
            if limit.condition is not None
        }
        pathway = PathwayDefinition(
            key=key,
            name=part.name,
            phases=frozenset(part.serves),
            lines=part.lines,
            criteria=self.tree.root(part.criteria, (*path, "criteria")),
            dose=dose_of(part),
            conditions=conditions,
            notes=self._notes(part.notes, (*path, "notes")),
        )
        self.problems.extend(dose_problems(part, pathway.criteria, path))
        return pathway

    def _notes(self, parts: list[schema.NotePart], path: Path) -> tuple[NoteDefinition, ...]:
        return tuple(self._note(part, (*path, i)) for i, part in enumerate(parts))

    def _note(self, part: schema.NotePart, path: Path) -> NoteDefinition:
        self.problems.extend(note_problems(part, path))
        return NoteDefinition(
            key=part.key,
            text=part.text,
            lines=part.lines,
            when=None if part.when is None else self._apart(part.when, (*path, "when")),
            unless=None if part.unless is None else self._apart(part.unless, (*path, "unless")),
            codes=frozenset(part.codes),
        )

    def _apart(self, part: schema.Criterion, path: Path) -> Node:
        """A tree that is no pathway's: it has no place for the dose."""
        node = self.tree.root(part, path)
        self.problems.extend(no_dose(node, path))
        return node

    def _problem(self, path: Path, message: str) -> None:
        self.problems.append(FileProblem(path, message))
