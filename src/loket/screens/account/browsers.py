"""What a browser says of itself, as few words as a person needs to recognise it."""

# In this order: later browsers name the earlier ones as well.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip


def browser_words(agent: str) -> str:
    """ "Chrome, Android"; empty where nothing is known. The agent itself is not kept."""
    return ", ".join(filter(None, [_named(agent, BROWSERS), _named(agent, SYSTEMS)]))


def _named(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in agent), "")
