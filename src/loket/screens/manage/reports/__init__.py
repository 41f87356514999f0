"""Reports: the page, its files, and the visits behind its figures."""
