"""Everything that writes in the hall, by verb.

numbering: take a number · calling: call and what follows at the counter · leaving: what visitors do
themselves · sessions: counters and breaks · undoing · ending: the end of the day · correcting.
"""
