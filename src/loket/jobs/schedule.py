"""Which work becomes due, how often it is asked for, and in which thread it is done."""

import threading
from datetime import timedelta

from loket.jobs import (
    closing_days,
    complaining,
    consulting,
    counting,
    forecasting,
    forgetting,
    inviting,
    listening,
    renewing,
    reporting,
    scanning,
    searching,
)
from loket.jobs.loop import Job, work
from loket.jobs.mailing import Mailing


def lines() -> dict[str, list[Job]]:
    """Work in one line waits for each other; lines do not."""
    mailing = Mailing()
    return {
        "mail": [Job("mail", timedelta(seconds=1), mailing.due, mailing.send)],
        "library": [
            Job("search-index", timedelta(seconds=1), searching.index_due, searching.refresh_index),
            Job("forget-uploads", timedelta(hours=6), searching.uploads_due, searching.forget_upload),
            Job("still-valid", timedelta(hours=1), renewing.due, renewing.remind),
            Job("forget-searches", timedelta(hours=6), searching.words_due, searching.forget_words),
        ],
        # A backlog of months must not hold up who waits for a forecast.
        "figures": [
            Job("figures", timedelta(minutes=2), counting.due, counting.count),
            Job("monthly-reports", timedelta(minutes=30), reporting.due, reporting.send),
            Job("forget-year-keys", timedelta(hours=6), counting.secrets_due, counting.destroy_secret),
        ],
        # A scanner that hangs holds up nothing else.
        "files": [
            Job("scan-files", timedelta(seconds=2), scanning.pending, scanning.check),
            Job("forget-files", timedelta(hours=1), scanning.forgotten, scanning.forget),
            Job("sweep-files", timedelta(hours=24), scanning.sweeping, scanning.sweep),
        ],
        "worker": [
            Job("forecasts", timedelta(seconds=5), forecasting.due, forecasting.note),
            Job("silent-devices", timedelta(seconds=2), listening.due, listening.notice),
            Job("end-of-day", timedelta(minutes=1), closing_days.due, closing_days.close),
            Job("closings", timedelta(seconds=5), consulting.closings_due, consulting.close),
            Job("warnings", timedelta(seconds=15), consulting.warnings_due, consulting.warn),
            Job("reminders", timedelta(seconds=15), consulting.escalations_due, consulting.escalate),
            Job("left-behind", timedelta(minutes=1), consulting.deserted, consulting.let_go),
            Job("complaints", timedelta(minutes=1), complaining.pressing, complaining.press),
            Job("complaints-final", timedelta(minutes=5), complaining.expiring, complaining.expire),
            Job("complaint-files", timedelta(seconds=10), complaining.unchecked, complaining.check),
            Job("sweep-complaints", timedelta(hours=24), complaining.sweeping, complaining.sweep),
            Job("survey-invitations", timedelta(minutes=5), inviting.due, inviting.invite),
            Job("survey-askers", timedelta(minutes=5), inviting.due_online, inviting.invite_online),
            Job("forget-origins", timedelta(hours=6), forgetting.origins_due, forgetting.forget_origins),
            Job("forget-replays", timedelta(hours=1), forgetting.replays_due, forgetting.forget_replays),
            Job("forget-tries", timedelta(hours=1), forgetting.tries_due, forgetting.forget_tries),
            Job("retention", timedelta(hours=6), forgetting.periods_due, forgetting.retain),
            Job("forget-accounts", timedelta(hours=1), forgetting.unopened_due, forgetting.forget_unopened),
            Job("forget-mails", timedelta(hours=1), forgetting.mails_due, forgetting.forget_mails),
        ],
    }


def do_what_is_due(stop: threading.Event) -> None:
    """Each line of work in a thread of its own, until `stop` is set and each has finished its row."""
    threads = [
        threading.Thread(target=work, args=[stop, name, jobs], name=name, daemon=True)
        for name, jobs in lines().items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
