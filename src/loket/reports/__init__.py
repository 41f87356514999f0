"""Figures across the rooms below: counted once a day, kept, added up over any period.

counting/    what one day of one office holds, counted from its rows
keeping      the day's and month's tallies, stored; touched days are counted again
reading      the tallies of a period, whatever is stored and whatever is counted now
figures      what a report says of them
"""
