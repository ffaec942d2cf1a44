"""Records for tests, made through the services themselves: demo names, area 329901, phones 1000000xxxx."""

from stdnum.cn import ric

from desktop.services import branches, memberships, organisations, persons, places, posts
from desktop.services.branches import BranchDraft
from desktop.services.memberships import MembershipDraft
from desktop.services.organisations import OrganisationDraft
from desktop.services.persons import PersonDraft
from desktop.services.places import PlaceDraft
from desktop.services.posts import PostDraft
from desktop.services.sessions import Session

BRANCH = "柳溪社区老年协会党支部"


def known(key: bytes | None) -> bytes:
    assert key is not None
    return key


def root(session: Session) -> bytes:
    return known(branches.root(session))


def branch(session: Session, name: str = BRANCH, **more: object) -> bytes:
    draft = BranchDraft(**({"name": name, "parent_id": root(session)} | more))  # type: ignore[arg-type]
    return known(branches.save(session, draft=draft).key)


def person(session: Session, name: str = "王伟", **more: object) -> bytes:
    draft = PersonDraft(**({"name": name} | more))  # type: ignore[arg-type]
    return known(persons.save(session, draft=draft).key)


def member(session: Session, at: bytes, name: str = "王伟", **more: object) -> bytes:
    who = person(session, name)
    draft = MembershipDraft(**({"person_id": who, "branch_id": at, "starts_on": "2020-01-01"} | more))  # type: ignore[arg-type]
    memberships.join(session, draft=draft)
    return who


def secretary(session: Session, at: bytes, who: bytes, starts_on: str = "2024-03-01") -> bytes:
    draft = PostDraft(who, "01", branch_id=at, starts_on=starts_on)
    return known(posts.save(session, draft=draft).key)


def organisation(session: Session, name: str = "柳溪社区老年协会", **more: object) -> bytes:
    draft = OrganisationDraft(**({"name": name} | more))  # type: ignore[arg-type]
    return known(organisations.save(session, draft=draft).key)


def place(session: Session, name: str = "柳溪社区") -> bytes:
    return known(places.save(session, draft=PlaceDraft(name)).key)


def identity(born: str = "19850603", serial: str = "001") -> str:
    """Make a sound identity number of the demo area."""
    head = f"329901{born}{serial}"
    return head + str(ric.calc_check_digit(f"{head}0"))
