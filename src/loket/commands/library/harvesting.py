"""Taking over an office's catalogue from the WebAPI."""

from django.conf import settings
from django.utils import timezone

from loket.commands import Refused
from loket.commands.library.saying import bar, office_called, tell
from loket.library.harvesting.readers import MODELS
from loket.offices.models import Office


def harvest(arguments) -> None:
    from loket.library.actions import harvesting
    from loket.library.harvesting import client
    from loket.library.index import freshness

    if not settings.WEBAPI_KEY:
        raise Refused("LOKET_WEBAPI_KEY is empty: write the key of your account at the WebAPI into it.")
    office = office_called(arguments.office)
    field = field_of(office, arguments.domain or office.code, arguments.language)
    webapi = client.Client(settings.WEBAPI_URL, settings.WEBAPI_KEY, pause=max(arguments.pause, 0.0))
    outcomes = {}
    try:
        for name in bar(arguments.model or list(MODELS), len(arguments.model or MODELS), "lists"):
            outcomes[name] = harvesting.harvest(
                field=field, model=MODELS[name], client=webapi, by="loket", now=timezone.now,
                everything=arguments.all,
            )  # fmt: skip
    except (client.Unreachable, client.Refused) as trouble:
        raise Refused(f"The WebAPI: {trouble}. What came before is kept; run it again later.") from None
    finally:
        freshness.refresh()
    tell(added_up(outcomes.values()), arguments.json)


def field_of(office: Office, domain: str, language: str):
    """Where the items of a domain belong: to the nation, to the province above the office, or to it."""
    from loket.library.actions.harvesting import Field
    from loket.library.harvesting.readers import Shelf

    if len(domain) != 4 or not domain.isascii() or not domain.isdecimal():
        raise Refused(f"{domain!r} is no domain of the WebAPI; write four digits such as 3574.")
    if domain == "0000":
        return Field(domain, Shelf("nation", None), language)
    if domain.endswith("00"):
        owner = office.parent or office
        return Field(domain, Shelf("province", owner.pk), language, office.code)
    return Field(domain, Shelf("office", office.pk, area_of(office)), language, office.code)


def area_of(office: Office) -> str:
    """BPS Kota Probolinggo is the office of Kota Probolinggo."""
    return office.short_name.removeprefix("BPS ")[:120]


def added_up(outcomes):
    from loket.library.actions.storing import Outcome

    whole = Outcome()
    for each in outcomes:
        whole.added += each.added
        whole.changed += each.changed
        whole.unchanged += each.unchanged
        whole.withdrawn += each.withdrawn
        whole.refused += each.refused
    return whole
