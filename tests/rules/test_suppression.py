from hypothesis import given
from hypothesis import strategies as st

from loket.rules.suppression import at_most, counts, table, total

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 30), min_size=1)


def test_small_counts_are_hidden_and_noughts_are_told():
    assert counts({"a": 3, "b": 0, "c": 4, "d": 20}) == {"a": None, "b": 0, "c": None, "d": 20}


def test_one_hidden_count_takes_the_next_smallest_with_it():
    assert counts({"a": 3, "b": 9, "c": 20}) == {"a": None, "b": None, "c": 20}


def test_two_hidden_counts_that_are_small_together_take_a_third():
    assert counts({"a": 1, "b": 2, "c": 9, "d": 20}) == {"a": None, "b": None, "c": None, "d": 20}


def test_nothing_small_hides_nothing():
    assert counts({"a": 5, "b": 9, "c": 0}) == {"a": 5, "b": 9, "c": 0}


def test_where_only_small_ones_are_there_all_are_hidden():
    assert counts({"a": 3, "b": 0}) == {"a": None, "b": 0}
    assert total({"a": 3, "b": 0}) is None


def test_what_can_be_said_of_a_hidden_count_is_its_bound():
    assert (at_most(1), at_most(4), at_most(0), at_most(7)) == (4, 4, 0, 7)


def test_a_hidden_cell_cannot_be_worked_out_from_its_row_or_column():
    shown = table({"Jan": {"a": 3, "b": 10, "c": 8}, "Feb": {"a": 9, "b": 12, "c": 7}})

    assert shown == {"Jan": {"a": None, "b": 10, "c": None}, "Feb": {"a": None, "b": 12, "c": None}}


@given(COUNTS)
def test_no_small_count_is_ever_told(given_counts):
    assert all(count is None or count == 0 or count >= 5 for count in counts(given_counts).values())


@given(COUNTS)
def test_the_total_gives_no_hidden_count_away(given_counts):
    shown = counts(given_counts)
    hidden = [key for key, count in shown.items() if count is None]
    rest = sum(given_counts[key] for key in hidden)

    everything_is_hidden = all(shown[key] is None for key in shown if given_counts[key])
    assert not hidden or (len(hidden) >= 2 and rest >= 5) or everything_is_hidden


@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_line_of_a_table_hides_a_single_count(rows):
    given_table = {str(number): dict(zip("abc", row, strict=True)) for number, row in enumerate(rows)}
    shown = table(given_table)

    lines = [list(cells.items()) for cells in shown.values()]
    lines += [[(row, cells[key]) for row, cells in shown.items()] for key in "abc"]
    sources = [given_table[row] for row in shown]
    sources += [{row: given_table[row][key] for row in shown} for key in "abc"]
    for line, source in zip(lines, sources, strict=True):
        hidden = [key for key, count in line if count is None]
        told = [key for key, count in line if count]
        assert len(hidden) != 1 or not told
        assert not hidden or not told or sum(source[key] for key in hidden) >= 5
