"""What is made once for all tests of a process, and is taken away when they are over."""

from contextlib import ExitStack

at_the_end = ExitStack()
