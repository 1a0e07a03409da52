"""The criteria language: the tree that questions and their passing tests are joined in."""

from dataclasses import dataclass, field
from enum import StrEnum

from criteria.rules.kinds import Test
from criteria.rules.question import Citation, QuestionDefinition


class GroupKind(StrEnum):
    """How the members of a group are joined."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question with the condition its answer must pass.

    ``contradiction``: the point of the policy that a failing answer meets, by key. The policy
    contradicts itself there, or leaves it open: such an answer is for a reviewer, never a failure.
    Of a choice only the answers in ``reviewer`` meet it.
    """

    key: str
    question: QuestionDefinition
    test: Test
    title: str
    citation: Citation
    note: str = ""
    contradiction: str = ""


@dataclass(frozen=True, slots=True)
class DoseLeaf:
    """The place of the dose in the tree; its state comes from the dose arithmetic."""

    key: str
    title: str
    citation: Citation
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """Members joined by all, any, or at least ``n``; at least 0: advised, none is required."""

    key: str
    kind: GroupKind
    members: tuple["Node", ...]
    title: str
    citation: Citation
    n: int = 1
    note: str = ""
    required: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out once how many members must be satisfied."""
        counts = {GroupKind.ALL: len(self.members), GroupKind.ANY: 1, GroupKind.AT_LEAST: self.n}
        object.__setattr__(self, "required", counts[self.kind])


@dataclass(frozen=True, slots=True)
class When:
    """If the condition holds, ``then`` counts; if it does not, ``otherwise`` (None = satisfied)."""

    key: str
    condition: "Node"
    then: "Node"
    title: str
    citation: Citation
    otherwise: "Node | None" = None
    note: str = ""


Node = Leaf | DoseLeaf | CriteriaGroup | When


def is_advised(node: Node) -> bool:
    """Whether the policy only advises it: a group of which none is required."""
    return isinstance(node, CriteriaGroup) and node.kind is GroupKind.AT_LEAST and not node.required
