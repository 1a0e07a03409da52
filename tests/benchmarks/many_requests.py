"""As many submitted requests as one likes, made by the database itself from a single one.

Rows are written past the actions. Every value a list is filtered by is frequent; one combination of
them, ``RARE``, is that of three requests alone, and one of the words never meets what awaits a
decision.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from criteria.models import (
    AuthorizationRequest,
    Membership,
    Practice,
    RequestWord,
    Submission,
    WorklistGroup,
)
from criteria.policies.stored.load import edition_of
from tests.factories.commercial import publish_commercial_policy

HOLDERS = 20
RARE = {"line": "medicare", "urgency": "expedited", "indication": "cidp", "finding": "meets"}
OVERALL = ("meets", "does not meet", "incomplete", "needs review")
STATES = ("to-decide", "answered", "waiting", "decided", "approved", "denied", "withdrawn", "all")

LISTS: dict[str, dict[str, str]] = {
    "to begin with": {},
    **{f"state {state}": {"state": state} for state in STATES},
    **{f"due {due}": {"due": due} for due in ("overdue", "day", "three-days")},
    "held by me": {"held": "me"},
    "held by me, all": {"held": "me", "state": "all"},
    "held by me, answered": {"held": "me", "state": "answered"},
    "waiting, overdue": {"state": "waiting", "due": "overdue"},
    "held by nobody": {"held": "nobody"},
    "held by nobody, all": {"held": "nobody", "state": "all"},
    **{f"{name} {value}": {name: value} for name, value in RARE.items()},
    **{f"{name} {value}, all": {name: value, "state": "all"} for name, value in RARE.items()},
    "rarest": RARE,
    "rarest, all": {**RARE, "state": "all"},
    "rarest, mine, decided": {**RARE, "held": "me", "state": "decided"},
    "rarest, due in a day": {**RARE, "due": "day"},
    "rarest, answered": {**RARE, "state": "answered"},
    "one number": {"q": "R-B-0000500"},
    "a rare name": {"q": "name71234"},
    "a name of 1 in 100": {"q": "smith"},
    "a name of 1 in 100, all": {"q": "smith", "state": "all"},
    "a name of 1 in 10": {"q": "jones"},
    "a start of thousands": {"q": "name77"},
    "one letter": {"q": "n"},
    "frequent, together": {"q": "jones ann"},
    "frequent, one rare": {"q": "jones name71234"},
    "frequent, never so": {"q": "settled"},
    "frequent, rarest": {"q": "jones", **RARE},
    "no such word": {"q": "zzzz"},
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who reviews, and the request every other one is made from."""

    reviewer: User
    model: AuthorizationRequest


def cast() -> Cast:
    """The policy, the people, every group, and one request that was submitted."""
    version = publish_commercial_policy()
    users = [User.objects.create(username=f"reviewer{n}") for n in range(HOLDERS)]
    ann, practice = User.objects.create(username="ann"), Practice.objects.create(name="Practice")
    Membership.objects.create(practice=practice, user=ann)
    _make_groups(sorted(edition_of(version).indications))
    at = timezone.now()
    sent = {"submitted_at": at, "submitted_by": ann, "due_at": at, "status": "withdrawn"}
    own = {"practice": practice, "owner": ann, "version": version, "created_by": ann}
    times = {"created_at": at, "updated_at": at, "updated_by": ann}
    model = AuthorizationRequest.objects.create(number="R-B-MODEL", **own, **sent, **times)
    Submission.objects.create(
        request=model,
        version=version,
        number=1,
        case={},
        assessment={},
        content={},
        content_hash="",
        overall="meets",
        listed={"patient_name": "Doe, Jane", "born_on": "1961-03-12", "overall": "meets"},
        attested_name="Ann",
        attested_at=at,
        attested_by=ann,
    )
    return Cast(users[0], model)


def _make_groups(indications: list[str]) -> None:
    """Every combination, the rare one first."""
    names = ("line_of_business", "urgency", "indication_key", "overall")
    every = [
        (line, urgency, key, overall)
        for line in ("medicare", "commercial")
        for urgency in ("expedited", "standard")
        for key in sorted(indications, key=lambda key: key != RARE["indication"])
        for overall in OVERALL
    ]
    for values in every:
        WorklistGroup.objects.create(**dict(zip(names, values, strict=True)))


def add_requests(people: Cast, count: int) -> None:
    """More of them, until there are ``count``, with their submissions and words."""
    there = AuthorizationRequest.objects.count()
    first, groups = WorklistGroup.objects.order_by("pk").first(), WorklistGroup.objects.count()
    assert first is not None
    reviewer = people.reviewer.pk
    status = (
        "(ARRAY['submitted','submitted','submitted','information_requested','approved','approved',"
        "'approved','approved','denied','withdrawn'])[1 + n % 10]"
    )
    # Three requests are of the first group, the others of all others alike.
    group = (
        f"CASE WHEN n IN (500, 505, 508) THEN {first.pk} "
        f"ELSE {first.pk} + 1 + (n::bigint * 7919 / 10) % {groups - 1} END"
    )
    decided = "n % 10 BETWEEN 4 AND 8"
    sent = f"'{datetime(2026, 1, 1, tzinfo=UTC):%Y-%m-%d}'::timestamptz + n * interval '25 seconds'"
    holder = f"CASE WHEN n % 3 > 0 THEN {reviewer} + (n / 10) % {HOLDERS} END"
    # From three and a half days ago to a week ahead.
    due = "now() + ((n::bigint * 7907) % 1000003 - 300000) * interval '1 second'"
    values = {
        "number": "'R-B-' || lpad(n::text, 7, '0')",
        "status": status,
        "worklist_group_id": group,
        "due_at": due,
        # Of every second one that is waited for the clock stands still; one in 200 was answered.
        "clock_stops": "n % 20 = 3",
        "answered_at": f"CASE WHEN n % 200 = 0 THEN {sent} END",
        "submitted_at": sent,
        "assigned_to_id": holder,
        "assigned_at": f"CASE WHEN n % 3 > 0 THEN {sent} END",
        "decided_at": f"CASE WHEN {decided} THEN {sent} END",
        "decided_by_id": f"CASE WHEN {decided} THEN {reviewer} END",
        "approved_from": "CASE WHEN n % 10 BETWEEN 4 AND 7 THEN '2026-01-01'::date END",
        "approved_until": "CASE WHEN n % 10 BETWEEN 4 AND 7 THEN '2026-12-31'::date END",
    }
    _copy(AuthorizationRequest, f"t.number = '{people.model.number}'", values, there, count)
    _submissions(people)
    _words()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy(model: Any, which: str, values: dict[str, str], first: int, until: int) -> None:
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    chosen = ", ".join(values.get(column, f't."{column}"') for column in columns)
    _run(
        f"INSERT INTO {model._meta.db_table} ({_listed(columns)}) SELECT {chosen} "
        f"FROM {model._meta.db_table} t, generate_series({first}, {until - 1}) n WHERE {which}"
    )


def _submissions(people: Cast) -> None:
    table = Submission._meta.db_table
    columns = [f.column for f in Submission._meta.concrete_fields if f.column != "id"]
    chosen = ", ".join("r.id" if c == "request_id" else f't."{c}"' for c in columns)
    _run(
        f"INSERT INTO {table} ({_listed(columns)}) SELECT {chosen} FROM {table} t, "
        f"{AuthorizationRequest._meta.db_table} r WHERE t.request_id = {people.model.pk} AND "
        f"NOT EXISTS (SELECT 1 FROM {table} s WHERE s.request_id = r.id)"
    )


def _words() -> None:
    """Number, last name, first name and prescriber of each."""
    table, requests = RequestWord._meta.db_table, AuthorizationRequest._meta.db_table
    last = (
        "CASE WHEN n % 10 = 8 THEN 'settled' WHEN (n / 10) % 100 = 7 THEN 'smith' "
        "WHEN (n / 10) % 10 = 3 THEN 'jones' ELSE 'name' || (n / 7) % 90000 END"
    )
    by = "CASE WHEN n % 7 = 0 THEN 'ann' ELSE 'lee' || n % 300 END"
    words = f"ARRAY[lower(replace(number, '-', '')), 'first' || n % 1000, {last}, {by}]"
    digits = "substr(number, 5)::int AS n"
    numbered = f"SELECT id, number, {digits} FROM {requests} WHERE number ~ '[0-9]$'"
    _run(
        f"INSERT INTO {table} (request_id, word) SELECT r.id, w FROM ({numbered}) r, "
        f"unnest({words}) w WHERE NOT EXISTS "
        f"(SELECT 1 FROM {table} k WHERE k.request_id = r.id) ON CONFLICT DO NOTHING"
    )


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
