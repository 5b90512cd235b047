"""First-time users: the personal checklist that follows from the answers. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openics.channels.interactive.guidance.choices import Way
from openics.messages.registry import by_name


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do; `route` and `link` lead to the page that says more, where there is one."""

    text: str
    route: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Needed:
    """A message that somebody's part in the trade calls for, and whether it is decided on here."""

    name: str
    title: str
    decided: bool


_REGISTER = Step(
    "Have your organisation registered as a client, under its ABN or a CCID, with each of its roles, and its first person "
    "as the one who looks after accounts.",
    "register",
    "Register for Customs Interactive",
)
_MAILBOX = Step("Set up a mailbox that nothing but your EDI software reads.")
_CERTIFICATE = Step(
    "Get a device (Type 3) certificate. The e-mail address in it must be that of the mailbox.",
    "certificates",
    "About digital certificates",
)
_SITE = Step(
    "Have your EDI site registered: its site id, the address of the mailbox, an administrator's address for notices, the "
    "certificate, and whether it is for industry test or for production."
)
_GATEWAY = Step(
    "Install the gateway's certificate: you encrypt to it, and check answers with it.",
    "gateway_certificates",
    "The gateway's certificates",
)
_PACKAGE = Step(
    "Give your software the gateway's mail address, the site id of customs and your own site id, or have its supplier do it."
)
_WRITE = Step("Write your software against the guides, code lists and rules.", "reference", "Reference")
_TRY = Step("Decode samples and try messages before you send any.", "workshop", "Message workshop")
_TEST = Step(
    "Send every kind of message that you will use to industry test first. Confirm each answer with a CONTRL: without it the "
    "answer comes again."
)
_RENEW = Step(
    "Write down when your certificate ends. Register the new one before: both are accepted side by side.",
    "certificates",
    "Renewing",
)
_ACCOUNT = Step(
    "Have an account made for each person who is to see how your messages and declarations stand. The first one comes with "
    "the registration. Accounts are never shared.",
    "information",
    "Accessing information",
)
_SIGN_IN = Step(
    "Sign in with the first password, and set up a passkey or one-time codes. No certificate is needed.",
    "account_login",
    "Sign in",
)
_PAGES = Step(
    "Know what the pages do: they show messages with every check, interchanges, answers and export declarations, send lost "
    "answers again, and withdraw an export declaration."
)
_OUTAGE = Step("Read what to do when something is down.", "continuity", "Business continuity")
_NO_CERTIFICATE = Step("You need no certificate and no EDI site: theirs are used.")
_RECORDS = Step("Agree who keeps the records, and that you get the numbers and answers of what is lodged for you.")

_EDI_FIRST: Final = (_REGISTER, _MAILBOX, _CERTIFICATE, _SITE, _GATEWAY)
_EDI_LAST: Final = (_TEST, _RENEW, _ACCOUNT, _OUTAGE)
_WAYS: Final[Mapping[Way, tuple[Step, ...]]] = {
    Way.INTERACTIVE: (_REGISTER, _ACCOUNT, _SIGN_IN, _PAGES, _OUTAGE),
    Way.BUREAU: (
        Step("Choose a service provider that is connected by EDI, and give it your authority in writing."),
        Step("Have the provider register you as a client, under your ABN or a CCID, with each of your roles."),
        *(_NO_CERTIFICATE, _RECORDS, _ACCOUNT, _OUTAGE),
    ),
    Way.BROKER: (
        Step("Choose a licensed customs broker, and give it your authority in writing."),
        Step("Give the broker your ABN; without one, have it register you under a CCID."),
        *(_NO_CERTIFICATE, _RECORDS, _ACCOUNT),
    ),
}

_ROLES: Final[Mapping[str, Step]] = {
    "importer": Step("For each kind of goods, know the tariff classification, the origin, the value and the permits."),
    "exporter": Step("For each kind of goods, know the AHECC code, the value and the permits."),
    "broker": Step("Have your licence and branch numbers at hand, and each client's authority to act."),
    "forwarder": Step("Agree with carriers and co-loaders who reports which bill: the reports must join up."),
    "carrier": Step("Agree who is the principal agent, and who reports cargo on slots that others hold."),
    "place": Step("Have the establishment ID of each of your places at hand."),
    "developer": Step("Start with the client that comes with OpenICS: it signs, sends, listens and confirms."),
}

_MESSAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "importer": ("IMD", "SAC", "PAYSTD"),
    "exporter": ("EXD", "STREQ"),
    "broker": ("IMD", "SAC", "PAYSTD", "EXD", "STREQ"),
    "forwarder": ("AIRCR", "SEACR", "UBMREQ", "ESM", "SEQ"),
    "carrier": ("AIRIAR", "AIRAAR", "SEAIAR", "SEAAAR", "CARLST", "EMM", "DEPART"),
    "place": ("PRODIS", "AIROUT", "SEAOUT", "CTOREC", "CTOREM", "DEPREC", "DEPREL"),
    "developer": ("CLREG", "EXD", "STREQ"),
}


def steps(way: Way, given: Mapping[str, str]) -> Sequence[Step]:
    """What to do, in order, for complete answers."""
    own = (_ROLES[given["role"]],) if given["task"] == "lodge" else ()
    return (*_before(way, given), *own, *_after(way))


def _before(way: Way, given: Mapping[str, str]) -> tuple[Step, ...]:
    if way is not Way.EDI:
        return _WAYS[way][:2]
    writes = given["software"] == "own" or given["role"] == "developer"
    return (*_EDI_FIRST, *((_WRITE, _TRY) if writes else (_PACKAGE,)))


def _after(way: Way) -> tuple[Step, ...]:
    return _EDI_LAST if way is Way.EDI else _WAYS[way][2:]


def needed(given: Mapping[str, str], decided: Collection[str]) -> Sequence[Needed]:
    """The messages that somebody who lodges has to do with; `decided` names those that the system answers."""
    names = _MESSAGES[given["role"]] if given["task"] == "lodge" else ()
    return [Needed(name, _title(name), name in decided) for name in names]


def _title(name: str) -> str:
    document = by_name(name)
    return document.guide.title if document else name
