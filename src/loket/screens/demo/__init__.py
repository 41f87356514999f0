"""The demo's page: accounts and devices, one click each. It does not exist elsewhere."""
