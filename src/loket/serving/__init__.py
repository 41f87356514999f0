"""One process, one port: pages in threads, the event stream natively (docs/decisions/0004-server.md)."""
