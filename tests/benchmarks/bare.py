"""The page a wizard step is measured against: signed in, one form and a table of twenty rows."""

from functools import cache

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import include, path

TEMPLATE = """{% extends "base.html" %}
{% block title %}Bare page{% endblock %}
{% block main %}
<h1>Bare page</h1>
<form method="post">{% csrf_token %}{{ form.as_div }}<button>Save</button></form>
<table>{% for row in rows %}
<tr><th scope="row">{{ row.name }}</th><td>{{ row.value }}</td><td>{{ row.note }}</td></tr>
{% endfor %}</table>
{% endblock %}"""


HEADING = """{% extends "base.html" %}{% block main %}<h1>A heading</h1>{% endblock main %}"""


class BareForm(forms.Form):
    """Six fields, as a criteria page of six questions has."""

    name = forms.CharField()
    number = forms.IntegerField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")])
    agree = forms.BooleanField(required=False)
    notes = forms.CharField(widget=forms.Textarea, required=False)


@cache
def _compiled(text: str) -> Template:
    """Compiled once, as the cached loader does with the templates of the site."""
    template: Template = engines["django"].from_string(text)
    return template


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Session, user, form, table: what any page of a site costs."""
    rows = [{"name": f"Row {n}", "value": n, "note": "as it is"} for n in range(20)]
    shown = {"form": BareForm(request.POST or None), "rows": rows}
    return HttpResponse(_compiled(TEMPLATE).render(shown, request))


@login_required
def heading(request: HttpRequest) -> HttpResponse:
    """The same frame around nothing but a heading."""
    return HttpResponse(_compiled(HEADING).render({}, request))


urlpatterns = [path("bare/", bare), path("heading/", heading), path("", include("ivigportal.urls"))]
