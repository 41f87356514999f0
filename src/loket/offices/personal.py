from loket.base.personal import EVERY, Impersonal

_OFFICE = "the office's own facts, published by it; staff by number"
DECLARED = (
    Impersonal("offices.Office", EVERY, _OFFICE),
    Impersonal("offices.Service", EVERY, _OFFICE),
    Impersonal("offices.Counter", EVERY, _OFFICE),
    Impersonal("offices.Recording", EVERY, _OFFICE),
    Impersonal("offices.CalendarVersion", EVERY, _OFFICE),
    Impersonal("offices.CalendarDraft", EVERY, _OFFICE),
    Impersonal("offices.Standard", EVERY, _OFFICE),
)
