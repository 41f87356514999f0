"""Personal data across the rooms: what is kept, for how long, and the rights of whom it is about."""
