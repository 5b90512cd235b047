"""What holds for the people of an organisation: their standing, who administers, and what is granted to them (pure).

Each function returns the person as changed, or None when it is so already, and raises RegisterError where it may not be.
"""

from dataclasses import dataclass, replace
from typing import Final

from openics.clients.access_codes import Standing
from openics.clients.access_levels import Grant, all_for, may_have
from openics.clients.register_errors import RegisterError

ADMINISTRATOR_FIX: Final = "Make somebody else an administrator first."


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an organisation; `email` in lower case."""

    email: str
    standing: Standing = Standing.PENDING
    administrator: bool = False
    grants: frozenset[Grant] = frozenset()
    locked: bool = False
    """Whether customs has taken the sign-in away."""

    @property
    def administers(self) -> bool:
        """Whether the person looks after the organisation's people now."""
        return self.administrator and self.standing is Standing.CONFIRMED and not self.locked

    @property
    def signs_in(self) -> bool:
        """Whether the person can sign in; one who is pending can, to set up a second factor, and sees nothing."""
        return self.standing is not Standing.CLOSED and not self.locked


@dataclass(frozen=True, slots=True)
class Organisation:
    """A client with its roles and its people."""

    client: str
    roles: frozenset[str] = frozenset()
    members: tuple[Member, ...] = ()

    @property
    def administrators(self) -> tuple[Member, ...]:
        """Who looks after its people."""
        return tuple(each for each in self.members if each.administers)

    def member(self, email: str) -> Member:
        """The person with this address; a refusal when the organisation has none."""
        found = next((each for each in self.members if each.email == email.lower()), None)
        if found is None:
            text = f"{self.client} has nobody with this address."
            raise RegisterError("unknown-person", person_place(email), text, "Check the address.")
        return found

    def with_member(self, changed: Member) -> "Organisation":
        """The organisation with a person added or changed."""
        kept = tuple(each for each in self.members if each.email != changed.email)
        return replace(self, members=(*kept, changed))


def person_place(email: str) -> str:
    """How refusals name a person."""
    return f"person {email}"


def check_administers(organisation: Organisation, email: str) -> None:
    """Only an administrator changes an organisation's people, their grants and its delegations."""
    if email.lower() not in {each.email for each in organisation.administrators}:
        text = f"Only an administrator of {organisation.client} can do this."
        raise RegisterError("not-an-administrator", person_place(email), text, "Ask one of your administrators.")


def registered(organisation: Organisation, email: str) -> Member | None:
    """Somebody new: an administrator with everything where there is none yet, and otherwise pending.

    Somebody whose access was closed is registered anew without what was granted before.
    """
    found = next((each for each in organisation.members if each.email == email.lower()), None)
    if found is not None and found.standing is not Standing.CLOSED:
        return None
    new = Member(email.lower(), locked=found is not None and found.locked)
    if organisation.administrators:
        return new
    return replace(new, standing=Standing.CONFIRMED, administrator=True, grants=all_for(organisation.roles))


def confirmed(organisation: Organisation, email: str) -> Member | None:
    """The person belongs to the organisation from now on."""
    found = organisation.member(email)
    if found.standing is Standing.CLOSED:
        text = "The access is closed."
        raise RegisterError("person-closed", person_place(email), text, "Register the person again first.")
    return replace(found, standing=Standing.CONFIRMED) if found.standing is Standing.PENDING else None


def closed(organisation: Organisation, email: str) -> Member | None:
    """The person's access ends, with all that was granted; one who is pending is turned down so."""
    found = organisation.member(email)
    if found.standing is Standing.CLOSED:
        return None
    _check_not_the_last(organisation, found)
    return replace(found, standing=Standing.CLOSED, administrator=False, grants=frozenset())


def appointed(organisation: Organisation, email: str) -> Member | None:
    """The person is an administrator from now on."""
    found = _confirmed(organisation, email)
    return None if found.administrator else replace(found, administrator=True)


def dismissed(organisation: Organisation, email: str) -> Member | None:
    """The person is an administrator no more; grants stay."""
    found = organisation.member(email)
    if not found.administrator:
        return None
    _check_not_the_last(organisation, found)
    return replace(found, administrator=False)


def granted(organisation: Organisation, email: str, grant: Grant) -> Member | None:
    """The person may do this from now on, if the organisation's roles allow it."""
    found = _confirmed(organisation, email)
    check_may_have(organisation.client, organisation.roles, grant)
    return None if grant in found.grants else replace(found, grants=found.grants | {grant})


def taken_back(organisation: Organisation, email: str, grant: Grant) -> Member | None:
    """The person may do this no more."""
    found = organisation.member(email)
    return replace(found, grants=found.grants - {grant}) if grant in found.grants else None


def check_may_have(client: str, roles: frozenset[str], grant: Grant) -> None:
    """Some levels are for brokerages and importers only."""
    if not may_have(roles, grant):
        application, level = grant
        text = f"{client} may not have the level {level} in {application}: it needs another role."
        fix = "Have customs register the role importer or licensed brokerage for it, if it is one."
        raise RegisterError("role-needed", f"client {client}", text, fix)


def _confirmed(organisation: Organisation, email: str) -> Member:
    found = organisation.member(email)
    if found.standing is not Standing.CONFIRMED:
        text = f"The person is {found.standing}."
        raise RegisterError("not-confirmed", person_place(email), text, "Confirm the person first.")
    return found


def _check_not_the_last(organisation: Organisation, member: Member) -> None:
    if organisation.administrators == (member,):
        text = f"This is the last administrator of {organisation.client}."
        raise RegisterError("last-administrator", person_place(member.email), text, ADMINISTRATOR_FIX)
