from loket.base.personal import EVERY, Impersonal

DECLARED = (
    Impersonal("reports.DayOrMonth", EVERY, "counts, and keys that lead to nobody once the year is over"),
    Impersonal("reports.YearKey", EVERY, "a secret of the program, destroyed after the year"),
)
