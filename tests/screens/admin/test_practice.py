import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from criteria.models import Event, Membership, Practice
from tests.factories.people import paula, person

pytestmark = pytest.mark.django_db
ADD = "admin:criteria_practice_add"


def form(name: str, *members: User, first: int = 0) -> dict[str, str]:
    data = {"name": name, "membership_set-TOTAL_FORMS": str(len(members))}
    data["membership_set-INITIAL_FORMS"] = str(first)
    for n, member in enumerate(members):
        data[f"membership_set-{n}-user"] = str(member.pk)
    return data


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root"))
    return client


def test_administrator_sets_up_a_practice_and_its_people(administrator: Client) -> None:
    ann = person("ann")
    response = administrator.post(reverse(ADD), form("ACME Infusion", ann))
    assert response.status_code == 302
    assert Practice.objects.of(ann).get().name == "ACME Infusion"
    assert set(Event.objects.values_list("verb", flat=True)) == {"save", "add member"}


def test_member_is_removed_and_the_practice_stays(administrator: Client) -> None:
    practice = Practice.objects.create(name="ACME Infusion")
    member = Membership.objects.create(practice=practice, user=person("ann"))
    data = form("ACME Infusion", member.user, first=1) | {
        "membership_set-0-id": str(member.pk),
        "membership_set-0-practice": str(practice.pk),
        "membership_set-0-DELETE": "on",
    }
    change = reverse("admin:criteria_practice_change", args=[practice.pk])
    assert administrator.post(change, data).status_code == 302
    assert not Membership.objects.exists()
    delete = reverse("admin:criteria_practice_delete", args=[practice.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_same_member_twice_is_said_beside_the_field(administrator: Client) -> None:
    ann = person("ann")
    response = administrator.post(reverse(ADD), form("ACME Infusion", ann, ann))
    assert response.status_code == 200
    assert not Practice.objects.exists()


def test_nobody_else_sees_practices(client: Client) -> None:
    client.force_login(paula())
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), form("ACME Infusion")).status_code == 403
