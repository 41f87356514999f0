"""The API: what the pages say to everybody, for programs."""
