"""Every write of the room, one file for each verb; the hall's note of a visit is `record`."""

from loket.consultations.actions.recording import Given, Item, Record, record

__all__ = ["Given", "Item", "Record", "record"]
