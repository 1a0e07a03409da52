"""Each kind of change of an edition, once: of its parts, of its lines, of the edition itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from criteria.actions.policies.base import (
    close_version,
    load_policy_file,
    publish_version,
    retire_version,
)
from criteria.actions.policies.drafts import copy_to_draft, discard_draft, send_to_review
from criteria.actions.policies.parts import (
    delete_part,
    save_links,
    save_part,
    save_version,
    start_tree,
)
from criteria.actions.policy_tree.lines import add_line, duplicate_line, save_line, set_group
from criteria.actions.policy_tree.tree import (
    Direction,
    move_criterion,
    place_criterion,
    wrap_criterion,
)
from criteria.models import (
    Code,
    Criterion,
    DosingLimit,
    Kind,
    PolicyVersion,
    Question,
    TreeUse,
)
from tests.actions.trees import line, new_line, nothing, place
from tests.factories.policy import draft, published
from tests.factories.policy_file import policy_file

Act = Callable[[PolicyVersion, User], Any]


def question(version: PolicyVersion) -> Question:
    return Question.objects.get(version=version, key="igg")


def criterion(version: PolicyVersion, key: str = "kind") -> Criterion:
    found = Criterion.objects.filter(version=version, tree__pathway__key="initial")
    return found.get(question__key=key)


def link(version: PolicyVersion, by: User) -> None:
    code = Code.objects.get(version=version, code="D80.0")
    save_links(part=code, save=lambda: code.indications.clear(), by=by)


PARTS: dict[str, Act] = {
    "save": lambda v, by: save_part(part=question(v), changed=["help"], by=by),
    "links": link,
    "delete": lambda v, by: delete_part(part=criterion(v), by=by),
    "tree": lambda v, by: start_tree(
        use=TreeUse.LIMIT_CONDITION,
        version=v,
        limit=DosingLimit.objects.get(version=v, key="keep"),
        by=by,
    ),
    "version": lambda v, by: save_version(version=v, by=by),
    "move": lambda v, by: move_criterion(criterion=criterion(v), direction=Direction.UP, by=by),
}

ACTS: dict[str, Any] = {
    "add": lambda v, r, by: add_line(
        criterion=new_line(v),
        place=place("inside", "some", v),
        links=nothing,
        revision=r,
        by=by,
    ),
    "save": lambda v, r, by: save_line(
        criterion=line(v, "igg"), changed=["title"], links=nothing, revision=r, by=by
    ),
    "group": lambda v, r, by: set_group(
        criterion=line(v, "some"), kind=Kind.ANY, n=None, revision=r, by=by
    ),
    "move": lambda v, r, by: move_criterion(
        criterion=line(v, "igg"), direction=Direction.DOWN, revision=r, by=by
    ),
    "place": lambda v, r, by: place_criterion(
        criterion=line(v, "igg"), place=place("after", "kind", v), revision=r, by=by
    ),
    "wrap": lambda v, r, by: wrap_criterion(criterion=line(v, "igg"), revision=r, by=by),
    "duplicate": lambda v, r, by: duplicate_line(criterion=line(v, "igg"), revision=r, by=by),
}

ACTIONS: dict[str, tuple[Callable[[], PolicyVersion], Act]] = {
    "load": (draft, lambda v, by: load_policy_file(file=policy_file(number="2"), by=by)),
    "publish": (draft, lambda v, by: publish_version(version=v, by=by)),
    "close": (
        published,
        lambda v, by: close_version(version=v, effective_until=date(2030, 1, 1), by=by),
    ),
    "retire": (published, lambda v, by: retire_version(version=v, by=by)),
    "copy": (
        published,
        lambda v, by: copy_to_draft(version=v, number="2", effective_from=date(2030, 1, 1), by=by),
    ),
    "in_review": (draft, lambda v, by: send_to_review(version=v, by=by)),
    "discard": (draft, lambda v, by: discard_draft(version=v, by=by)),
}
