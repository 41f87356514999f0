"""The survey's report as PDF, in the order that the ministry's guide gives (Permenpan-RB 14/2017).

An official document: in Indonesian whatever language its reader chose on the screen.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateformat import format as date_words
from django.utils.translation import override

from loket.base.exports import pdf
from loket.feedback import exporting
from loket.feedback.elements import ELEMENTS, question_words
from loket.feedback.models import Report
from loket.feedback.results import Results, from_dict
from loket.offices.clock import local


def survey_pdf(report: Report) -> bytes:
    """The same bytes' worth each time: all figures come from the stored report."""
    with override("id"):
        data = _data(report, from_dict(report.figures))
        return pdf.make("survey", data, title=data["heading"], language="id", at=report.made_at)


def _data(report: Report, found: Results) -> dict[str, Any]:
    period = report.period
    office = period.office
    titles = exporting.group_titles()
    return {
        "heading": f"Laporan Survei Kepuasan Masyarakat: {period.title}",
        "office": office.name,
        "unit": office.unit,
        "service": period.service.name if period.service else "seluruh layanan",
        "first": _day(period.first),
        "last": _day(period.last),
        "made": _day(local(office, report.made_at).date()),
        "number": report.number,
        "respondents": found.respondents,
        "target": found.target,
        "population": found.population,
        "marked": found.marked,
        "weight": found.weight,
        "weight_value": found.weight_value,
        "index": _comma(found.index),
        "ikm": _comma(found.ikm),
        "grade": found.grade,
        "grade_words": exporting.grade_words(found.grade),
        "channels": [
            [exporting.channel_words()[name], str(count)] for name, count in sorted(found.channels.items())
        ],
        "elements": [
            [
                each.number,
                each.name,
                str(each.answered),
                str(each.missing),
                _comma(each.nrr),
                _comma(each.weighted),
                _comma(each.ikm),
            ]
            for each in found.elements
        ],
        "groups": [
            [
                titles[each.by],
                exporting.group_words(each.by, each.code),
                str(each.respondents),
                _comma(each.ikm),
            ]
            for each in found.groups
        ],
        "weakest": [ELEMENTS[key].name for key in found.weakest],
        "strongest": _strongest(found),
        "plans": [
            [
                ELEMENTS[each["key"]].name,
                each["plan"],
                _day(date.fromisoformat(each["due"])) if each["due"] else "–",
                each["responsible"] or "–",
            ]
            for each in found.plans
        ],
        "trend": [[title, count, _comma(ikm or None), grade] for title, count, ikm, grade in found.trend],
        "questions": [
            [f"U{place}", question_words(entry), "; ".join(_answers(entry["key"]))]
            for place, entry in enumerate(found.questions, start=1)
        ],
    }


def _strongest(found: Results) -> list[str]:
    means = [(Decimal(each.nrr), each.name) for each in found.elements if each.nrr]
    return [name for _, name in sorted(means, key=lambda pair: -pair[0])[:3]]


def _answers(key: str) -> list[str]:
    return [f"{value} {word}" for value, word in enumerate(ELEMENTS[key].answer_words, start=1)]


def _day(day: date) -> str:
    return date_words(day, "j F Y")


def _comma(number: object) -> str:
    return "–" if number is None else str(number).replace(".", ",")
