"""The page on which the practice answers a reviewer in words, each thing asked on its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from criteria.requests.asking import DOCUMENT, came_by_title, document_name, reply_name
from criteria.screens.fields import Pick, Text
from criteria.screens.wizard.forms.form import OPTIONAL, PageForm

LONGEST_REPLY = 4_000
NONE_YET = "None of them yet"


class ReplyForm(PageForm):
    """Room for words at each thing asked; of a document also which enclosure it is."""

    def prepare(self) -> None:
        """The fields of the letter the request is asked by."""
        self.fields.update(self._fields())

    def _fields(self) -> Iterator[tuple[str, forms.Field]]:
        letter = self.draft.asking
        for place, item in enumerate(() if letter is None else letter.items):
            assert letter is not None  # noqa: S101
            name = reply_name(letter, place)
            heading = f"{item.get('number', '')} {item['title']}".strip()
            asked = item.get("note") or item.get("required", "")
            if item["block"] == DOCUMENT:
                choices = ((each, self._document(each)) for each in self.draft.letters)
                offered = (("", self._otherwise(item)), *choices)
                label = f"{heading}: the enclosure that is it{OPTIONAL}"
                yield document_name(name), Pick(label, offered, as_list=True)
            label = f"{heading}: your answer{OPTIONAL}"
            yield name, Text(label, rows=3, most=LONGEST_REPLY, help_text=asked)

    def _otherwise(self, item: Mapping[str, Any]) -> str:
        """What counts while none is chosen: an enclosure of that title."""
        came = came_by_title(item, self.draft.letters, self.draft.titles)
        return f"By its title: {'; '.join(map(self._document, came))}" if came else NONE_YET

    def _document(self, letter: str) -> str:
        return f"{letter}, {self.draft.titles.get(letter, '')}".removesuffix(", ")
