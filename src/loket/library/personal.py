from loket.base.personal import EVERY, Impersonal

DECLARED = (
    Impersonal("library.Item", EVERY, "published material and classifications; articles name nobody"),
    Impersonal("library.Article", EVERY, "an article names nobody; what the asker agreed to"),
    Impersonal("library.ArticleVersion", EVERY, "checked by two people for names before it is published"),
    Impersonal("library.Area", EVERY, "names of provinces, regencies and cities"),
    Impersonal("library.Shelf", EVERY, "how fresh the index is"),
    Impersonal("library.Harvest", EVERY, "how far a list was read"),
    Impersonal("library.Synonym", EVERY, "words of the language"),
    Impersonal("library.SearchLog", EVERY, "words searched, without who; rare ones go after 30 days"),
)
