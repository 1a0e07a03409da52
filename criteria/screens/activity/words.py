"""What was done to a request, in plain English: one line for each verb of its events."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of a verb. ``is_internal``: a step of the reviewers, not told to the practice."""

    words: str
    is_internal: bool = False


DEEDS = {
    # By the practice.
    "start": Deed("Began the request"),
    "copy": Deed("Copied it to another request"),
    "renew": Deed("Began the request that continues it"),
    "save": Deed("Changed answers"),
    "make_request": Deed("Made the quick check a request"),
    "change_edition": Deed("Chose another edition"),
    "enclose": Deed("Added a document"),
    "remove_enclosure": Deed("Removed a document"),
    "submit": Deed("Attested and submitted"),
    "withdraw": Deed("Withdrew the request"),
    "issue_packet": Deed("Made a packet"),
    "view": Deed("Opened"),
    "download": Deed("Downloaded"),
    # By reviewers: what reaches the practice, then what stays at the desk.
    "ask": Deed("Asked for information"),
    "go_on": Deed("Went on without the answer"),
    "judge_by_edition": Deed("Had it judged by another edition"),
    "approve": Deed("Approved the request"),
    "deny": Deed("Did not approve the request"),
    "send_letter": Deed("Sent a letter"),
    "take": Deed("Took the request", is_internal=True),
    "take_over": Deed("Took the request over", is_internal=True),
    "release": Deed("Released the request", is_internal=True),
    "assign": Deed("Assigned the request", is_internal=True),
    "disposition": Deed("Noted a criterion", is_internal=True),
    "write_letter": Deed("Wrote on a letter", is_internal=True),
    "accept_met": Deed("Accepted the criteria that are met", is_internal=True),
    "review_view": Deed("Opened", is_internal=True),
    "review_download": Deed("Downloaded", is_internal=True),
}
INTERNAL = frozenset(verb for verb, deed in DEEDS.items() if deed.is_internal)
TOLD_TO_PRACTICE = frozenset(DEEDS) - INTERNAL


def words_of(verb: str) -> str:
    """The words of a verb; of one without words the verb itself, readable."""
    deed = DEEDS.get(verb)
    return verb.replace("_", " ").capitalize() if deed is None else deed.words
