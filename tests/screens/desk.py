"""An officer's browser at a counter."""

from tests.cast import MORNING, an_office, sari_at_counter, take


class Desk:
    """Sari's browser at counter 1."""

    def __init__(self, client, time_machine, officer="Sari", number=1):
        self.client, self.clock = client, time_machine
        self.office = an_office()
        self.at(MORNING)
        self.session = sari_at_counter(self.office, name=officer, number=number)
        self.url = f"/{self.office.code}/petugas/loket/{number}/"
        client.force_login(self.session.officer)

    def at(self, instant):
        self.clock.move_to(instant, tick=False)

    def press(self, noun, **fields):
        return self.client.post(f"{self.url}{noun}/", fields, follow=True)

    def page(self, **query):
        return self.client.get(self.url, query)

    def serves(self, **of_ticket):
        """A visitor whose service began."""
        ticket = take(self.office, **of_ticket)
        self.press("panggilan")
        self.press("layanan", ticket=ticket.pk)
        ticket.refresh_from_db()
        return ticket


def words(response):
    return response.content.decode()
