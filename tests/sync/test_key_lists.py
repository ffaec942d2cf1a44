"""Enrolment, answers, key lists and who may sign them."""

from dataclasses import replace

import pytest

from desktop.security.minisign import new_signing_key
from desktop.sync.canonical import dump, load
from desktop.sync.documents import Document, sign_document
from desktop.sync.enrolment import (
    Enrolment,
    answer_file,
    enrolment_file,
    read_answer,
    read_enrolment,
    same_fingerprint,
)
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.keys import KeyList, KeyRing, Site, recipients
from desktop.sync.suite import SUITE_1
from tests.sync.package_world import COUNTY, TOWNSHIP, Party, World, party


def enrolment(who: Party, **other: str) -> Enrolment:
    made = Enrolment(
        who.origin.site.hex(), who.origin.epoch.hex(), "青禾街道", who.path, who.signing.public, who.age.public,
        "2026-11-23",
    )  # fmt: skip
    return replace(made, **other)


def listed(signer: Party, issuer: str, version: int, *sites: Site) -> Document:
    return sign_document(signer.signing, "keys", issuer, version, KeyList(issuer, version, sites).text())


def test_an_enrolment_comes_back_and_any_change_is_refused() -> None:
    who = party(TOWNSHIP, "township", 5)
    file = enrolment_file(enrolment(who), who.signing)
    assert read_enrolment(file) == enrolment(who)
    assert read_enrolment(file.rstrip(b"\n")) == enrolment(who)
    with pytest.raises(PackageError, match="bad-signature"):
        read_enrolment(file.replace("青禾".encode(), "青和".encode()))
    with pytest.raises(PackageError, match="bad-payload"):
        read_enrolment(file + b"\n")


def test_a_branch_gives_its_path() -> None:
    who = party(f"{TOWNSHIP}/B012", "branch", 5)
    assert read_enrolment(enrolment_file(enrolment(who), who.signing)).org_path == f"{TOWNSHIP}/B012"


def test_a_renewed_key_is_signed_by_the_old_one() -> None:
    who, old = party(TOWNSHIP, "township", 5), new_signing_key()
    renewed = enrolment(who, replaces=old.key_id)
    file = enrolment_file(renewed, who.signing, old)
    assert read_enrolment(file, old=old.public) == renewed
    with pytest.raises(PackageError, match="bad-signature"):
        read_enrolment(file, old=new_signing_key().public)
    with pytest.raises(PackageError, match="bad-payload"):
        read_enrolment(enrolment_file(renewed, who.signing))


def test_a_fingerprint_is_compared_whole_and_however_it_is_typed() -> None:
    assert same_fingerprint("8037-9064-6602 5658 38635704", "8037 9064 6602 5658 3863 5704")
    assert not same_fingerprint("8037 9064 6602 5658 3863", "8037 9064 6602 5658 3863 5704")


def test_an_answer_makes_the_issuer_the_root() -> None:
    world = World()
    keys = listed(world.county, COUNTY, 1, world.county.site(), world.township.site())
    file = answer_file(enrolment_file(enrolment(world.county), world.county.signing), keys)
    answer = read_answer(file)
    assert answer.issuer == enrolment(world.county)
    ring = KeyRing(root=world.county.site()).accept(answer.keys)
    assert ring.lists[COUNTY].sites == (world.county.site(), world.township.site())


def test_the_root_no_longer_signs_once_its_list_is_held_without_it() -> None:
    world, new = World(), party(COUNTY, "county", 9)
    first = KeyRing(root=world.county.site()).accept(listed(world.county, COUNTY, 1, world.county.site()))
    both = first.accept(listed(world.county, COUNTY, 2, world.county.site(status="revoked"), new.site()))
    with pytest.raises(SetAsideError, match="bad-signature"):
        both.accept(listed(world.county, COUNTY, 3, world.county.site()))
    assert both.accept(listed(new, COUNTY, 3, new.site())).lists[COUNTY].version == 3


def test_a_township_lists_its_branches_under_the_county() -> None:
    world, branch = World(), party(f"{TOWNSHIP}/B012", "branch", 5)
    ring = world.ring().accept(listed(world.township, TOWNSHIP, 1, branch.site()))
    assert branch.site() in list(ring.sites())
    with pytest.raises(SetAsideError, match="bad-signature"):
        world.ring().accept(listed(world.county, TOWNSHIP, 1, branch.site()))
    with pytest.raises(SetAsideError, match="outside"):
        world.ring().accept(listed(world.township, TOWNSHIP, 1, world.county.site()))


def test_an_older_list_or_another_of_the_same_version_is_set_aside() -> None:
    world = World()
    sites = (world.county.site(), world.township.site())
    ring = world.ring().accept(listed(world.county, COUNTY, 5, *sites))
    assert ring.accept(listed(world.county, COUNTY, 5, *sites)) == ring
    for version, others in ((4, sites), (5, sites[:1])):
        with pytest.raises(SetAsideError, match="older"):
            ring.accept(listed(world.county, COUNTY, version, *others))


def test_packages_are_sealed_for_both_sides_and_the_escrow() -> None:
    world, escrow = World(), party(COUNTY, "county", 9)
    gone = party(COUNTY, "county", 8).site(status="revoked")
    found = KeyList(COUNTY, 1, (world.county.site(), world.township.site(), gone), (escrow.age.public,))
    keys, ids = recipients(KeyRing({COUNTY: found}), [COUNTY], TOWNSHIP)
    assert keys == sorted([world.county.age.public, world.township.age.public, escrow.age.public])
    assert ids == {COUNTY: (SUITE_1.recipient_id(world.county.age.public),)}


def test_a_document_is_not_rolled_back() -> None:
    world = World()
    newer = sign_document(world.county.signing, "rules", "dues", 3, "x = 1\n")
    older = sign_document(world.county.signing, "rules", "dues", 2, "x = 0\n")
    world.ring().check(newer, TOWNSHIP, held=older)
    with pytest.raises(SetAsideError, match="older"):
        world.ring().check(older, TOWNSHIP, held=newer)


def test_a_malformed_answer_or_enrolment_is_refused() -> None:
    who = party(TOWNSHIP, "township", 5)
    whole = load(enrolment_file(enrolment(who), who.signing)[:-1])
    assert isinstance(whole, dict)
    for wrong in (b"", b"[]\n", b"{}", dump({**whole, "more": 1}), dump({**whole, "text": "x"})):
        with pytest.raises(PackageError, match="bad-payload"):
            read_enrolment(wrong)
        with pytest.raises(PackageError, match="bad-payload"):
            read_answer(wrong)
