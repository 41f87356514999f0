from loket.base.personal import EVERY, Impersonal

DECLARED = (Impersonal("live.Topic", EVERY, "the name of a screen's subject and how often it changed"),)
