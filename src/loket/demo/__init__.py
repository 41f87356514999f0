"""A made-up office life for a first look, run through the ordinary actions; only where LOKET_DEMO is on."""
