"""What an outline says beside its lines: the sentence it makes, and what is wrong where."""

from criteria.policies.stored.draft_parts import EMPTY_TITLE, DraftTree, is_empty
from criteria.rules import DoseLeaf, Node
from criteria.rules.explain import in_words
from criteria.rules.lint import problems
from criteria.rules.question import Citation
from criteria.rules.wording import required_text

MISFIT = "the question asks for another kind of answer now: open it and say anew what passes"
# Mistakes that are complained of on their own line.
ON_THE_LINE = ("passes", "at_least", "key")
GAP = DoseLeaf("", EMPTY_TITLE, Citation("0"))


def sentence_of(node: Node | None) -> str:
    """The whole tree as one sentence, with dots where nothing stands yet."""
    if node is None or is_empty(node.key):
        return ""
    return in_words(node).replace(f"{GAP.title} ({required_text(GAP)})", "…")


def complaints_of(draft: DraftTree) -> dict[str, list[str]]:
    """What the checks find in each line, by its key."""
    found: dict[str, list[str]] = {}
    if draft.node is None:
        return found
    for problem in problems(draft.node, draft.questions):
        words = MISFIT if problem.code == "wrong-type" else problem.message
        found.setdefault(problem.path[-1], []).append(f"{problem.severity}: {words}")
    return found


def missing_in(draft: DraftTree) -> list[str]:
    """What concerns no line that can be shown."""
    is_shown = draft.node is not None
    found = [p for p in draft.problems if not (is_shown and p.path[-1:] in _ON_THE_LINE)]
    titles = {row.title for row in draft.rows.values()}
    named = [(p.path[0] if p.path and p.path[0] in titles else "", p.message) for p in found]
    return [f"{title}: {message}" if title else message for title, message in named]


_ON_THE_LINE = {(name,) for name in ON_THE_LINE}
