"""The sections of a report, in the order in which they are read."""

from loket.reports.report import Ground, Section
from loket.reports.sections import area, hall, others, satisfaction, when


def sections(ground: Ground) -> list[Section]:
    made = [
        area.offices(ground),
        when.months(ground),
        when.days(ground),
        hall.times(ground),
        when.hours(ground),
        when.weekdays(ground),
        hall.ends(ground),
        *hall.shares(ground),
        others.data(ground),
        others.answers(ground),
        others.searches(ground),
        others.complaints(ground),
        others.ratings(ground),
        satisfaction.surveys(ground),
    ]
    return [section for section in made if section is not None]
