import pytest

from loket.rules import contact


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Budi@Surel.Example ", "budi@surel.example"),
        ("budi.s+pst@kantor.go.id", "budi.s+pst@kantor.go.id"),
    ],
)
def test_an_address_has_one_spelling(typed, kept):
    assert contact.email(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "budi", "budi@", "@surel.example", "a b@surel.example", "budi@surel", "a..b@surel.example",
              "budi@surel.example\nBcc: x@y.example", "<script>@surel.example", "bu\u200cdi@surel.example",
              "budi@su\u00adrel.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(contact.NotAnAddress):
        contact.email(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 (812) 34567890", "+6281234567890"),
        ("0061 412 345 678", "+61412345678"),
    ],
)
def test_a_number_has_one_spelling(typed, kept):
    assert contact.phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "12", "0812abc", "+", "1" * 30])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(contact.NotANumber):
        contact.phone(typed)


def test_a_masked_address_shows_one_letter_and_the_domain():
    assert contact.masked_email("budi@surel.example") == "b•••@surel.example"
