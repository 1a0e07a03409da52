"""The worklist, as a reviewer reads it."""

from bs4 import BeautifulSoup
from django.http import HttpResponse

URL = "/worklist/"


def numbers(response: HttpResponse) -> list[str]:
    soup = BeautifulSoup(response.content, "html.parser")
    return [str(box["value"]) for box in soup.select("input[name=number]")]


def text(response: HttpResponse) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())
