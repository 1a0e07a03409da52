"""The page a wizard step is measured against: signed in, one form and a table of twenty rows."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
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


class BareForm(forms.Form):
    """Six fields, as a criteria page of six questions has."""

    name = forms.CharField()
    number = forms.IntegerField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")])
    agree = forms.BooleanField(required=False)
    notes = forms.CharField(widget=forms.Textarea, required=False)


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """Session, user, form, table: what any page of a site costs."""
    rows = [{"name": f"Row {n}", "value": n, "note": "as it is"} for n in range(20)]
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(
        template.render({"form": BareForm(request.POST or None), "rows": rows}, request)
    )


urlpatterns = [path("bare/", bare), path("", include("ivigportal.urls"))]
