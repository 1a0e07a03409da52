"""Checking a packet or a letter: open to everybody, and silent about patient and decision."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from criteria.papers.verify.answers import CODE_IS_NONE, Answer, answer_to_code, answer_to_file
from criteria.papers.verify.incoming import (
    MOST_MB,
    CheckedFile,
    HashingUploadHandler,
    is_too_large,
    pass_over,
)
from criteria.screens.forms import DrawnForm, Unseen
from criteria.screens.verify.rate import is_too_often

TOO_LARGE = f"This file is larger than {MOST_MB} MB: we issue none that large. Nothing was read."
FILE, CODE = "file", "code"
TOO_OFTEN = "That was often. Wait a minute, then try again: nothing was checked this time."


class CodeForm(DrawnForm):
    """A code as it is typed."""

    by = Unseen(initial=CODE)
    code = forms.CharField(
        max_length=40,
        label="Code at the foot of each page",
        error_messages={"required": "Type the code."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class FileForm(DrawnForm):
    """A file to be compared with those issued."""

    by = Unseen(initial=FILE)
    file = forms.FileField(
        label="The file",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


# Whoever sends the form reads an answer and changes nothing: there is nothing to forge. Without
# the check nothing of the body is read before it is known to be small and not one try too many.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page with both forms; posted, with the answer."""
    if request.method != "POST":
        return _page(request)
    if is_too_often(request):
        pass_over(request)
        return _page(request, problem=TOO_OFTEN, status=HTTPStatus.TOO_MANY_REQUESTS)
    if is_too_large(request):
        pass_over(request)
        return _page(request, problem=TOO_LARGE, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    request.upload_handlers = [HashingUploadHandler(request)]
    return _by_file(request) if request.POST.get("by") == FILE else _by_code(request)


def _by_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    answer = answer_to_code(form.cleaned_data["code"]) if form.is_valid() else None
    if answer is not None:
        return _page(request, code_form=form, answer=answer)
    if not form.errors:
        form.add_error("code", CODE_IS_NONE)
    return _page(request, code_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _by_file(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    file: CheckedFile = form.cleaned_data["file"]
    try:
        return _page(request, answer=answer_to_file(file))
    finally:
        file.close()


def _page(
    request: HttpRequest,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    answer: Answer | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "answer": answer,
        "problem": problem,
        "most_mb": MOST_MB,
    }
    return render(request, "criteria/verify/verify.html", context, status=status)
