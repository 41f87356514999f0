"""Sources of the library: each module reads one kind of file into entries and refusals."""
