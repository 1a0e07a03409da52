import pytest

from criteria.papers.letters.text import TextBlock, blocks_of


def test_an_empty_line_ends_a_paragraph() -> None:
    assert blocks_of("One\ntwo\n\n\nThree") == (
        TextBlock("paragraph", ("One", "two")),
        TextBlock("paragraph", ("Three",)),
    )


def test_a_line_of_its_own_with_a_colon_is_a_heading() -> None:
    assert blocks_of("Reason:\n\nIt is so:\nas said") == (
        TextBlock("heading", ("Reason",)),
        TextBlock("paragraph", ("It is so:", "as said")),
    )


def test_lines_with_a_hyphen_are_a_list_under_the_line_before() -> None:
    assert blocks_of("3.1 Latency\n- Stated: 1\n - Needed: 2\nand more") == (
        TextBlock("paragraph", ("3.1 Latency",), leads=True),
        TextBlock("list", ("Stated: 1", "Needed: 2")),
        TextBlock("paragraph", ("and more",)),
    )


@pytest.mark.parametrize("text", ["a\r\n\r\nb", "a\r\rb", "a\n \t\nb"])
def test_every_kind_of_line_end_counts(text: str) -> None:
    assert [block.lines for block in blocks_of(text)] == [("a",), ("b",)]


def test_nothing_is_dropped() -> None:
    text = "-no list\n- \n-\n:\n\n<b>bold</b> & more"
    words = " ".join(line for block in blocks_of(text) for line in block.lines)
    assert "-no list" in words
    assert "<b>bold</b> & more" in words


def test_no_text_has_no_blocks() -> None:
    assert blocks_of(" \n\n") == ()
