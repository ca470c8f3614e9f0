"""The tag of a row: it is read once from a row that carries it, and from any other mapping each time."""

import pytest

from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Holder, Tag, Tagged

TAG = Tag("3f9a", "2c71e0b4", ownership.BEFORE_DROP, generation="00a1", older=(Holder("3f9a2c71e0b5", ""),))
COMMENT = ownership.signed("let the phone in", TAG)


class Comment(str):
    """A comment that counts how often somebody looks for a tag in it."""

    __slots__ = ("looks",)

    looks: list[str]

    def rfind(self, *sought: object) -> int:
        self.looks.append("look")
        return super().rfind(*sought)  # type: ignore[arg-type]


def counted() -> Comment:
    comment = Comment(COMMENT)
    comment.looks = []
    return comment


def test_a_row_that_carries_its_tag_is_parsed_at_the_first_question_only():
    comment = counted()
    row = Tagged({".id": "*1", "comment": comment})

    assert comment.looks == []
    assert [ownership.tag_of(row) for _ in range(3)] == [TAG] * 3
    assert ownership.text_of(row) == "let the phone in"
    assert comment.looks == ["look"]


@pytest.mark.parametrize("kind", [dict, Tagged])
@pytest.mark.parametrize("row", [{}, {"comment": ""}, {"comment": "nobody's [wt:3f9a]"}])
def test_a_row_without_a_tag_is_nobodys_and_keeps_its_text(kind, row):
    assert ownership.tag_of(kind(row)) is None
    assert ownership.text_of(kind(row)) == row.get("comment", "")


def test_a_changed_copy_of_a_row_has_the_tag_of_its_own_comment():
    row = Tagged({".id": "*1", "comment": COMMENT})
    assert ownership.tag_of(row) == TAG

    assert ownership.tag_of({**row, "comment": "by hand"}) is None
    assert ownership.tag_of(Tagged({**row, "comment": "by hand"})) is None
    assert ownership.tag_of(row) == TAG


def test_rows_that_all_carry_their_tags_stay_the_very_same():
    rows = [Tagged({"comment": COMMENT})]

    assert ownership.tagged(rows) is rows
    mixed = ownership.tagged([*rows, {"comment": COMMENT}])
    assert mixed[0] is rows[0]
    assert [ownership.tag_of(row) for row in mixed] == [TAG, TAG]
