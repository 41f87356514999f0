"""A survey's report and raw data as tables for files; what each column means is said with it."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from loket.base.exports.columns import Column, Table, codebook
from loket.feedback.elements import ELEMENTS, KEYS
from loket.feedback.models import Period, Report, Response
from loket.feedback.results import GROUPS, Results, from_dict


def group_titles() -> dict[str, str]:
    return {
        "sex": _("Sex"),
        "age_band": _("Age"),
        "education": _("Education"),
        "occupation": _("Occupation"),
    }


def group_words(by: str, code: str) -> str:
    return str(GROUPS[by](code).label) if code else _("not given")


def channel_words() -> dict[str, str]:
    return {
        "link": _("open link"),
        "invitation": _("invitation by mail"),
        "tablet": _("tablet in the hall"),
        "paper": _("paper form"),
    }


def grade_words(grade: str) -> str:
    """What the letter means in the words of the decree."""
    return {
        "A": _("very good"),
        "B": _("good"),
        "C": _("less good"),
        "D": _("not good"),
    }.get(grade, _("not enough respondents"))


# ----- the report


def report_tables(report: Report) -> Iterator[Table]:
    """The sheets of the workbook: summary, elements, groups, plan."""
    found = from_dict(report.figures)
    yield _summary(report, found)
    yield _elements(found)
    yield _groups(found)
    yield _plan(found)


def _summary(report: Report, found: Results) -> Table:
    period = report.period
    rows: list[tuple[str, str]] = [
        (_("Office"), period.office.name),
        (_("Survey"), period.title),
        (_("Service"), period.service.name if period.service else _("all services")),
        (_("From"), period.first.isoformat()),
        (_("Until"), period.last.isoformat()),
        (_("Respondents"), str(found.respondents)),
        (_("Respondents to aim for (Krejcie and Morgan)"), str(found.target or "")),
        (_("Weight rule"), f"{found.weight} ({found.weight_value})"),
        (_("Index"), found.index or ""),
        (_("Index, unrounded"), found.index_exact or ""),
        (_("IKM"), found.ikm or ""),
        (_("Quality"), found.grade),
        (_("Marked responses"), str(found.marked)),
        (_("Report"), f"{report.number}, {report.made_at:%Y-%m-%d}"),
    ]
    columns = [Column("name", _("What"), width=40), Column("value", _("Value"), width=60)]
    return Table(_("Summary"), columns, rows)


def _elements(found: Results) -> Table:
    columns = [
        Column("number", _("No.")),
        Column("element", _("Element"), width=40),
        Column("answered", _("Answers"), "whole"),
        Column("missing", _("Not answered"), "whole"),
        Column("nrr", _("Mean (NRR)"), "number"),
        Column("weighted", _("Weighted mean"), "number"),
        Column("ikm", _("Mean x 25"), "number"),
    ]
    rows = [
        (
            each.number,
            ELEMENTS[each.key].name,
            each.answered,
            each.missing,
            _number(each.nrr),
            _number(each.weighted),
            _number(each.ikm),
        )
        for each in found.elements
    ]
    return Table(_("Elements"), columns, rows)


def _groups(found: Results) -> Table:
    columns = [
        Column("by", _("By"), width=20),
        Column("group", _("Group"), width=36),
        Column("respondents", _("Respondents"), "whole"),
        Column("ikm", _("IKM"), "number"),
        Column("grade", _("Quality")),
    ]
    titles = group_titles()
    rows = [
        (titles[each.by], group_words(each.by, each.code), each.respondents, _number(each.ikm), each.grade)
        for each in found.groups
    ]
    return Table(_("Groups"), columns, rows)


def _plan(found: Results) -> Table:
    columns = [
        Column("element", _("Element"), width=36),
        Column("plan", _("What will be done"), width=60),
        Column("due", _("By when"), "day"),
        Column("responsible", _("Who sees to it"), width=30),
    ]
    rows = [
        (
            ELEMENTS[each["key"]].name,
            each["plan"],
            date.fromisoformat(each["due"]) if each["due"] else None,
            each["responsible"],
        )
        for each in found.plans
    ]
    return Table(_("Plan"), columns, rows)


def _number(printed: str | None) -> float | None:
    return None if printed is None else float(printed)


# ----- the raw data


def raw_columns(period: Period) -> list[Column]:
    """One response a row; U1 to U9 in the order of the period."""
    answers = [_answer_column(place, key) for place, key in enumerate(period.keys, start=1)]
    groups = [
        Column(by, title, meaning=_("What the respondent ticked; empty when not given."), codes=_codes(by))
        for by, title in group_titles().items()
    ]
    return [
        Column("number", _("No."), "whole", _("Counts up within the survey.")),
        Column("answered_on", _("Day"), "day", _("When it was filled in; of a paper form its own day.")),
        Column("channel", _("Channel"), meaning=_("How it came."), codes=channel_words()),
        *answers,
        *groups,
        Column("suggestion", _("Suggestion"), meaning=_("In the respondent's own words."), width=60),
        Column("marked", _("Marked"), "yes_no", _("1: looks wrong to the office; it counts all the same.")),
        Column("mark_reason", _("Reason of the mark"), meaning=_("Why it was marked.")),
    ]


def _answer_column(place: int, key: str) -> Column:
    element = ELEMENTS[key]
    words = {str(value): word for value, word in enumerate(element.answer_words, start=1)}
    return Column(f"U{place}", element.name, "whole", _("Empty: not answered."), words)


def _codes(by: str) -> dict[str, str]:
    return {str(code): str(label) for code, label in GROUPS[by].choices}


def raw_table(period: Period) -> Table:
    responses = Response.objects.filter(period=period).order_by("number")
    return Table("skm", raw_columns(period), (_raw_row(each, period) for each in responses.iterator()))


def _raw_row(response: Response, period: Period) -> list:
    return [
        response.number,
        response.answered_on,
        response.channel,
        *(getattr(response, key) for key in period.keys if key in KEYS),
        *(getattr(response, by) for by in GROUPS),
        response.suggestion,
        response.marked_at is not None,
        response.mark_reason,
    ]


def raw_codebook(period: Period) -> Table:
    return codebook(
        raw_columns(period), key=_("Column"), title=_("Title"), meaning=_("Meaning"), codes=_("Codes")
    )
