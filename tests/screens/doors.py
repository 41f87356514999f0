"""Who is let in where: every address of the program against everybody who may knock.

One line an address. A new address without a line fails the test: decide for whom it is.
"""

# Everybody who knocks. Yosef administers another office; Dewi and Ayu belong to the province above;
# Budi has asked this office something, Siti has not.
SIGNED_IN = ("sari", "rina", "adi", "dewi", "ayu", "yosef", "budi", "siti")
DEVICES = ("kiosk", "board", "tablet")
PEOPLE = ("stranger", *SIGNED_IN, *DEVICES)


def everybody(answer: str) -> dict[str, str]:
    return dict.fromkeys(PEOPLE, answer)


def staff(*roles: str) -> dict[str, str]:
    """Whoever is not signed in is asked to; for the others there is nothing here."""
    return everybody("sign in") | dict.fromkeys(SIGNED_IN, "nothing") | dict.fromkeys(roles, "in")


PUBLIC = everybody("in")
# Nothing lies behind these in the office of the test: no demo, no recorded word, no standard.
EMPTY = everybody("nothing")
DESK = staff("sari", "rina", "adi")
LEAD = staff("rina", "adi")
ADMINISTRATOR = staff("adi")
FIGURES = staff("rina", "adi", "dewi")
SURVEYS = staff("sari", "rina", "adi", "dewi")
READS = staff("rina", "adi", "dewi", "ayu")
# Figures are for who leads the office and for readers above it; the auditor reads the log.
FIGURES = staff("rina", "adi", "dewi")
LOG = staff("adi", "ayu")
# The draft of a note belongs to the officer who serves the visit.
SARIS_NOTE = staff("sari")
# Budi asked; whether his question is published is for him alone to say.
BUDIS = staff("budi")
KIOSK = everybody("pair") | {"kiosk": "in"}
BOARD = everybody("pair") | {"board": "in"}
TABLET = everybody("pair") | {"tablet": "in"}
KIOSK_ONLY = everybody("nothing") | {"kiosk": "in"}
ACCOUNT = everybody("sign in") | dict.fromkeys(SIGNED_IN, "in")
# A thread at the portal is its asker's; the staff has its own page of it.
BUDIS = staff("budi")
# Rina has a passkey; nobody has an app.
RINAS_KEY = staff("rina")
NOT_SET_UP = staff()

DOORS = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "metrics": PUBLIC,
    "api": PUBLIC,
    "api-document": PUBLIC,
    "api-offices": PUBLIC,
    "api-hall": PUBLIC,
    "account-home": ACCOUNT,
    "account-own": ACCOUNT,
    "account-profile": ACCOUNT,
    "account-sign-ins": ACCOUNT,
    "account-sign-in-ends": ACCOUNT,
    "account-data": ACCOUNT,
    "account-erasure": ACCOUNT,
    "invitation": PUBLIC,
    "account_login": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": ACCOUNT,
    "mfa_authenticate": ACCOUNT,
    "mfa_login_webauthn": ACCOUNT,
    "account_logout": ACCOUNT,
    "account_inactive": PUBLIC,
    "account_reauthenticate": ACCOUNT,
    "mfa_reauthenticate": ACCOUNT,
    "mfa_reauthenticate_webauthn": ACCOUNT,
    "mfa_index": ACCOUNT,
    "mfa_activate_totp": ACCOUNT,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_generate_recovery_codes": ACCOUNT,
    "mfa_list_webauthn": ACCOUNT,
    "mfa_add_webauthn": ACCOUNT,
    "mfa_remove_webauthn": RINAS_KEY,
    "mfa_edit_webauthn": RINAS_KEY,
    "demo": EMPTY,
    "demo-sign-in": EMPTY,
    "demo-pair": EMPTY,
    "stream": PUBLIC,
    "kiosk": KIOSK,
    "kiosk-complaints": KIOSK,
    "kiosk-guest-book": KIOSK,
    "kiosk-returning": KIOSK,
    "kiosk-number": KIOSK,
    "kiosk-print": KIOSK,
    "kiosk-paper": KIOSK,
    "kiosk-afterwards": KIOSK,
    "board": BOARD,
    "board-snapshot": BOARD,
    "board-sound": EMPTY,
    "desk": DESK,
    "desk-consultations": DESK,
    "desk-preview": DESK,
    "desk-articles": DESK,
    "desk-article": DESK,
    "desk-article-submission": DESK,
    "desk-article-return": DESK,
    "desk-article-publication": DESK,
    "desk-article-withdrawal": DESK,
    "desk-article-consent": DESK,
    "desk-article-validity": DESK,
    "desk-article-begin": DESK,
    "article": PUBLIC,
    "article-consent": BUDIS,
    "desk-consultation": DESK,
    "desk-consultation-before": DESK,
    "desk-consultation-after": DESK,
    "desk-message": DESK,
    "desk-message-draft": DESK,
    "desk-presence": DESK,
    "desk-number": DESK,
    "desk-given": DESK,
    "desk-hall": DESK,
    "desk-library": DESK,
    "desk-open": DESK,
    "desk-close": DESK,
    "desk-call": DESK,
    "desk-call-chosen": DESK,
    "desk-recall": DESK,
    "desk-rejoin": DESK,
    "desk-start": DESK,
    "desk-finish": DESK,
    "desk-skip": DESK,
    "desk-park": DESK,
    "desk-transfer": DESK,
    "desk-undo": DESK,
    "desk-break": DESK,
    "desk-back": DESK,
    "desk-note": DESK,
    "desk-draft": SARIS_NOTE,
    "manage": READS,
    "settings": ADMINISTRATOR,
    "services": ADMINISTRATOR,
    "service-new": ADMINISTRATOR,
    "service": ADMINISTRATOR,
    "counter-new": ADMINISTRATOR,
    "counter": ADMINISTRATOR,
    "reports": FIGURES,
    "report": FIGURES,
    "report-file": FIGURES,
    "report-visits": LEAD,
    "report-visits-file": LEAD,
    "log": LOG,
    "staff": ADMINISTRATOR,
    "staff-invitation-end": ADMINISTRATOR,
    "staff-person": ADMINISTRATOR,
    "staff-withdrawal": ADMINISTRATOR,
    "today": LEAD,
    "today-close": LEAD,
    "today-correct": LEAD,
    "calendar": LEAD,
    "calendar-year": LEAD,
    "calendar-closures": LEAD,
    "calendar-openings": LEAD,
    "calendar-periods": LEAD,
    "calendar-period-ends": LEAD,
    "calendar-week": LEAD,
    "calendar-imports": LEAD,
    "calendar-acceptances": LEAD,
    "calendar-publications": LEAD,
    "calendar-draft-ends": LEAD,
    "calendar-draft-renewals": LEAD,
    "searches": LEAD,
    "synonyms": LEAD,
    "synonym-ends": LEAD,
    "items": LEAD,
    "item-publication": LEAD,
    "items-import": LEAD,
    "items-preview": LEAD,
    "devices": LEAD,
    "device": LEAD,
    "device-code": LEAD,
    "device-revocation": LEAD,
    "data-requests": LEAD,
    "data-request": LEAD,
    "data-request-answer": LEAD,
    "data-request-erasure": LEAD,
    "data-request-export": LEAD,
    "data-request-address": LEAD,
    "breaches": LEAD,
    "breach": LEAD,
    "breach-told": LEAD,
    "looks": staff("rina", "adi", "ayu"),
    "own-data": EMPTY,
    "account-wishes": ACCOUNT,
    # A copy is given to whom the mailed code has proved to be themselves; staff sign in otherwise here.
    "account-copy": everybody("sign in")
    | dict.fromkeys(SIGNED_IN, "nothing")
    | dict.fromkeys(("budi", "siti"), "in"),
    "voice": LEAD,
    "voice-recordings": LEAD,
    "voice-recording-ends": LEAD,
    "device-pair": PUBLIC,
    "device-beat": KIOSK_ONLY,
    "rating-tablet": TABLET,
    "rating-tablet-thanks": TABLET,
    "rating": PUBLIC,
    "rating-words": PUBLIC,
    "register": DESK,
    "register-enter": DESK,
    "register-readers": ADMINISTRATOR,
    "register-complaint": LEAD,
    "register-steps": LEAD,
    "register-file": LEAD,
    "complaints": PUBLIC,
    "complaint-write": PUBLIC,
    "complaint-receipt": PUBLIC,
    "complaint-follow": PUBLIC,
    "complaint-mine": PUBLIC,
    "complaint-reply": PUBLIC,
    "complaint-objection": PUBLIC,
    "complaint-leave": PUBLIC,
    "surveys": SURVEYS,
    "survey-new": LEAD,
    "survey-results": FIGURES,
    "survey-change": LEAD,
    "survey-wording": LEAD,
    "survey-poster": LEAD,
    "survey-paper": DESK,
    "survey-responses": LEAD,
    "survey-mark": LEAD,
    "survey-plan": LEAD,
    "survey-reports": LEAD,
    "survey-report-pdf": FIGURES,
    "survey-report-workbook": FIGURES,
    "survey-raw": LEAD,
    "survey-codebook": LEAD,
    "survey-tablet": TABLET,
    "survey-tablet-thanks": TABLET,
    "survey": PUBLIC,
    "survey-thanks": PUBLIC,
    "offices": PUBLIC,
    "set_language": PUBLIC,
    "landing": PUBLIC,
    "search": PUBLIC,
    "search-options": PUBLIC,
    "search-log": PUBLIC,
    "search-suggestions": PUBLIC,
    "library-item": PUBLIC,
    "api-search": PUBLIC,
    "standard": EMPTY,
    "schedule": PUBLIC,
    "privacy": PUBLIC,
    "guest-book": PUBLIC,
    "guest-book-returning": PUBLIC,
    "door": PUBLIC,
    "ticket": PUBLIC,
    "ask": PUBLIC,
    "ask-draft": ACCOUNT,
    "consultations": ACCOUNT,
    "consultation": BUDIS,
    "consultation-replies": BUDIS,
    "consultation-solution": BUDIS,
    "consultation-withdrawal": BUDIS,
    "consultation-ratings": BUDIS,
    "consultation-pdf": BUDIS,
    "ticket-guest-book": PUBLIC,
    "ticket-cancel": PUBLIC,
    "ticket-rejoin": PUBLIC,
}
