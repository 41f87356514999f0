"""What every answer carries: safe headers, and the language the reader chose."""

from gzip import compress

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage import default_storage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty

PLAIN_METHODS = ("GET", "HEAD", "POST")
COMPRESSED = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class SafeHeaders:
    """No script, style, frame or request that is not our own, on any page (DESIGN D16, D21)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=()"
        )
        if not response.headers.get("Cache-Control") and not request.path.startswith(settings.STATIC_URL):
            # A page may show a person's data; the next person at this machine must not find it.
            response.headers["Cache-Control"] = "no-store"
        return response


class PlainMethods:
    """Pages are looked at and forms are sent; whatever else is asked is refused before anything is read.

    A view that asks only whether it is a POST would take a PUT for a look. The interface for programs
    refuses by itself, and says what each of its addresses takes.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in PLAIN_METHODS and not request.path.startswith("/api/"):
            return HttpResponseNotAllowed(PLAIN_METHODS)
        return self.get_response(request)


class CompressedStatics:
    """Style sheets, scripts and drawings, compressed once a process: a third of their size on thin lines.

    Pages are left as they are: they hold the tokens of forms, and compressing those beside words of a
    reader's choice could give them away (BREACH).
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.kept: dict[tuple[str, str], bytes] = {}

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL) or response.status_code != 200:
            return response
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method != "GET" or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        return self._smaller(request.path, response)

    def _smaller(self, path: str, response):
        version = (path, response.headers.get("Last-Modified", ""))
        if version not in self.kept:
            self.kept[version] = compress(b"".join(response.streaming_content), mtime=0)
        # Only the file: closing the answer would say that the request is over.
        response.file_to_stream.close()
        small = HttpResponse(self.kept[version])
        changed = {"Content-Encoding": "gzip", "Content-Length": str(len(self.kept[version]))}
        for name, value in (dict(response.headers) | changed).items():
            # The file's own mark stands for its plain bytes.
            if name != "ETag":
                small.headers[name] = value
        return small


class PlainCookies:
    """Leaves out cookies with a NUL in them: no browser makes one, and PostgreSQL takes none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


class KeptMessages(FallbackStorage):
    """Shows none and keeps all for the next page; what the request itself has to say is added, once."""

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def add(self, level, message, extra_tags=""):
        # A page may fetch itself anew for hours.
        if str(message) not in {str(each.message) for each in self._loaded_messages}:
            super().add(level, message, extra_tags)


class Messages(MessageMiddleware):
    """Django's, for those who have something to say: most requests neither read nor leave a message.

    A message is told once, and whoever made a press shall read it: a script that fetches a page says where it
    would show it (static/js/page.js), and one that it will not show leaves messages to the page that comes.
    """

    def process_request(self, request):
        shown_at = request.headers.get("Loket-Shown-At", request.path)
        is_read = request.method != "GET" or shown_at == request.path
        storage = default_storage if is_read else KeptMessages
        request._messages = SimpleLazyObject(lambda: storage(request))

    def process_response(self, request, response):
        if request._messages._wrapped is empty:
            return response
        return super().process_response(request, response)


class Language:
    """The language chosen here, else Indonesian.

    What the browser asks for is not followed: office computers run English systems for people who
    read Indonesian, and the switch is on every page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response
