"""The codes of ICD-10-CM that fit what was typed: those of the edition and those of the table."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from criteria.models import IcdCode
from criteria.policies.codes.code_list import is_listed, known_code
from criteria.policies.codes.pasted import Pasted, read_pasted
from criteria.policies.codes.search import by_start, by_words
from criteria.policies.codes.stored_codebook import codes_on
from criteria.policies.codes.words import Fit, SearchWords
from criteria.policies.edition import CodeDefinition, Edition
from criteria.rules.terms import CodeSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """One code and how it fits. ``place``: among the codes that were typed, others behind them.

    ``known``: as the edition has it, in its list or mapped to its diagnoses. ``is_listed``: in the
    list on the day; ``is_of_day`` is False only where the edition says that it is no code then.
    """

    code: str
    description: str
    fit: Fit
    place: int
    is_typed: bool
    is_heading: bool
    is_listed: bool
    is_of_day: bool
    known: CodeDefinition | None

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """Keys of the edition's diagnoses it may stand for, covered ones first."""
        return () if self.known is None else (*self.known.indications, *self.known.unproven)

    def suggests(self, key: str) -> bool:
        """Whether it stands for one covered diagnosis clearly, and for this one."""
        return self.known is not None and self.known.clear and key in self.known.indications

    @property
    def is_exact(self) -> bool:
        """Whether it is just what was typed, by itself or in its own words, and can be chosen."""
        return self.fit is Fit.EXACT and self.is_of_day and not self.is_heading

    @property
    def order(self) -> tuple[int, Fit, bool, bool, bool, int, str]:
        """Sorts the best first."""
        is_begun = self.is_typed and self.fit is not Fit.EXACT
        length = 0 if is_begun else len(self.description)
        facts = (not self.is_of_day, not self.is_listed, self.is_heading)
        return (self.place, self.fit, *facts, length, self.code)


@dataclass(frozen=True, slots=True)
class CodesFound:
    """What a text was read as, with the codes it finds, the best first."""

    pasted: Pasted
    codes: tuple[FoundCode, ...]


def find_codes(edition: Edition, day: date, typed: str) -> CodesFound:
    """Every code of the edition that fits, and the best ones of the table."""
    return _Finder(edition, day, typed).found()


class _Finder:
    """One search: the rows of the table are kept, each is read once."""

    def __init__(self, edition: Edition, day: date, typed: str) -> None:
        self.edition, self.day = edition, day
        self.own = {c: code for (s, c), code in edition.codes.items() if s is CodeSystem.ICD10}
        self.rows: dict[str, IcdCode] = {}
        self.pasted = read_pasted(typed, self._known)
        self.fits: dict[str, tuple[int, Fit]] = {}

    def found(self) -> CodesFound:
        codes = self.pasted.codes
        self.fits |= {code: (place, Fit.EXACT) for place, code in enumerate(codes)}
        for start in (*filter(self._has_below, codes), self.pasted.start):
            self._add_begun(start)
        self._add_described(SearchWords(self.pasted.words))
        headings = self._headings()
        found = (self._code(code, headings) for code in self.fits)
        return CodesFound(self.pasted, tuple(sorted(found, key=lambda code: code.order)))

    def _known(self, codes: Collection[str]) -> Mapping[str, bool]:
        rows = IcdCode.objects.order_by().filter(code__in=codes) if codes else ()
        self.rows |= {row.code: row for row in rows}
        facts = {code: row.billable for code, row in self.rows.items()}
        return facts | dict.fromkeys(self.own.keys() & set(codes), True)

    def _has_below(self, code: str) -> bool:
        is_of_list = is_listed(self.edition, code, self.day)
        return code in self.rows and not self.rows[code].billable and not is_of_list

    def _add_begun(self, start: str) -> None:
        if start:
            rows = by_start(start)
            self.rows |= {row.code: row for row in rows}
            own = (code for code in self.own if code.startswith(start))
            for code in (*own, *(row.code for row in rows)):
                self.fits.setdefault(code, (len(self.pasted.codes), Fit.BEGUN))

    def _add_described(self, wanted: SearchWords) -> None:
        described = by_words(wanted)
        self.rows |= {row.code: row for _, row in described}
        fits = {row.code: fit for fit, row in described}
        for code, fit in self._own_described(wanted):
            fits[code] = min(fit, fits.get(code, fit))
        is_word = any(fit is not Fit.START for fit in fits.values())
        for code, fit in fits.items():
            if not (is_word and fit is Fit.START):
                self.fits.setdefault(code, (len(self.pasted.codes) + 1, fit))

    def _own_described(self, wanted: SearchWords) -> Iterator[tuple[str, Fit]]:
        for code in self.own.values():
            if (fit := wanted.fit(code.description)) is not None:
                yield code.code, fit

    def _headings(self) -> set[str]:
        """What a policy lists on the day is a code, whatever became of it since."""
        rows = [self.rows[code] for code in self.fits if code in self.rows]
        headings = {row.code for row in rows if not row.billable}
        headings = {code for code in headings if not is_listed(self.edition, code, self.day)}
        return headings - codes_on(headings, self.day) if headings else headings

    def _code(self, code: str, headings: Collection[str]) -> FoundCode:
        place, fit = self.fits[code]
        known = known_code(self.edition, code)
        return FoundCode(
            code=code,
            description=self.rows[code].description if known is None else known.description,
            fit=fit,
            place=place,
            is_typed=place <= len(self.pasted.codes),
            is_heading=code in headings,
            is_listed=is_listed(self.edition, code, self.day),
            is_of_day=known is None or known.valid_on(self.day),
            known=known,
        )
