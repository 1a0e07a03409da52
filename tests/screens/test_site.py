import logging
import sys
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.utils.formats import date_format

from ivigportal.log import FramesOnlyFormatter


def test_login_page_allows_no_foreign_or_inline_code(client: Client) -> None:
    response = client.get("/accounts/login/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert f'nonce="{response.wsgi_request.csp_nonce}"' in response.content.decode()


def test_admin_pages_render(admin_client: Client) -> None:
    for path in ("/admin/", "/admin/auth/user/", "/admin/auth/user/add/"):
        assert admin_client.get(path).status_code == 200


def test_sign_out_needs_a_post(admin_client: Client) -> None:
    opened = admin_client.get("/accounts/logout/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST, OPTIONS")
    assert "<h1>This address is for a button</h1>" in opened.content.decode()
    assert admin_client.post("/accounts/logout/").status_code == 302


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "405", "500"])
def test_error_page_needs_no_context(status: str) -> None:
    assert "<h1>" in render_to_string(f"{status}.html")


def test_unknown_address_shows_our_page(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_dates_read_as_day_month_year() -> None:
    assert date_format(date(2026, 5, 14)) == "14 May 2026"


def test_undefined_template_variable_of_ours_fails() -> None:
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable mark"):
        render_to_string("criteria/wizard/_state.html")


def test_undefined_variable_of_other_templates_is_empty() -> None:
    assert engines["django"].from_string("[{{ missing }}]").render() == "[]"


def test_log_keeps_frames_and_drops_the_message() -> None:
    row = "Doe, " + "Jane"
    try:
        raise ValueError(row)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "failed", None, sys.exc_info())
    text = FramesOnlyFormatter().format(record)
    assert "raise ValueError(row)" in text
    assert row not in text


@pytest.mark.django_db
def test_header_names_who_is_signed_in(client: Client) -> None:
    client.force_login(User.objects.create_user("ann", first_name="Ann", last_name="Prescriber"))
    assert "Ann Prescriber" in client.get("/accounts/login/").content.decode()


def test_icon_is_found_where_browsers_ask_for_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/criteria/icon.svg"
