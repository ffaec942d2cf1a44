"""Terms of office."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.services import branches, terms
from desktop.services.sessions import Session
from desktop.services.terms import TermDraft
from tests.services import record_world as world


@pytest.mark.parametrize(("field", "end"), [("8", "2027-03-10"), ("3", "2029-03-10"), ("7", "2029-03-10")])
def test_a_term_ends_after_three_years_or_five_in_villages(township: Session, field: str, end: str) -> None:
    key = world.branch(township, field=field)
    draft = terms.new(township, branch=key, elected_on="2024-03-10")
    assert draft.ends_on == end


def test_the_next_term_counts_on_and_keeps_its_seats(either: Session) -> None:
    key = world.branch(either)
    terms.save(either, draft=TermDraft(key, number=2, elected_on="2021-03-10", seats=3))
    draft = terms.new(either, branch=key, elected_on="2024-03-10")
    assert (draft.number, draft.seats) == (3, 3)
    terms.save(either, draft=draft)
    assert [row.number for row in terms.list_terms(either, branch=key)] == [3, 2]
    assert terms.ends(either) == {key: "2027-03-10"}


def test_an_extension_counts_with_its_document_alone(township: Session) -> None:
    key = world.branch(township)
    draft = TermDraft(key, elected_on="2023-03-10", extended_to="2026-12-31")
    with pytest.raises(UserError) as refused:
        terms.save(township, draft=draft)
    assert str(refused.value) == "没有保存届次。延期没有批准文号，不能计入任期。请填写批准文号，再保存。"
    assert refused.value.field == "extension_document"
    terms.save(township, draft=replace(draft, extension_document="青组〔2026〕3号"))
    assert terms.ends(township) == {key: "2026-12-31"}


def test_two_terms_do_not_begin_on_one_day(township: Session) -> None:
    key = world.branch(township)
    terms.save(township, draft=TermDraft(key, elected_on="2024-03-10"))
    with pytest.raises(UserError, match="已有 2024-03-10 选举的届次"):
        terms.save(township, draft=TermDraft(key, elected_on="2024-03-10"))


def test_a_removed_term_is_no_longer_in_force(township: Session) -> None:
    key = world.branch(township)
    made = terms.save(township, draft=TermDraft(key, elected_on="2024-03-10")).key
    terms.remove(township, term=world.known(made), reason="误录")
    assert terms.ends(township) == {}


def test_a_party_committee_keeps_the_end_that_is_recorded(township: Session) -> None:
    root = branches.root(township)
    assert root is not None
    terms.save(township, draft=TermDraft(branch_id=root, elected_on="2021-12-01", ends_on="2026-12-01"))
    assert terms.ends(township)[root] == "2026-12-01"
