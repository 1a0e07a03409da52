"""Pages of the admin, as somebody reads them."""

from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse


def visit(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def list_of(model: type[Model]) -> str:
    return reverse(f"admin:criteria_{model._meta.model_name}_changelist")


def screen(row: Model, name: str = "change") -> str:
    return reverse(f"admin:criteria_{row._meta.model_name}_{name}", args=[row.pk])
