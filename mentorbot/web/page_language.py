"""In which language somebody reads pages: the one they picked, or else the repository's, or English.

Nobody's language is guessed from what their browser says. The choice is a link (`?language=de`) and is kept
in a cookie; a page without JavaScript needs no more.
"""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from mentorbot.core.languages import LANGUAGES, SOURCE
from mentorbot.core.translator import Translator, speaking

PARAMETER = "language"
_COOKIE = "mentorbot_language"
_KEPT_SECONDS = 365 * 24 * 3600


def picked_language(request: web.Request) -> str | None:
    """What the visitor picked just now or earlier; None where they take what comes."""
    wanted = request.query.get(PARAMETER, request.cookies.get(_COOKIE))
    return wanted if wanted in LANGUAGES else None


def language_middleware(*, secure: bool) -> Middleware:
    """Has requests answered in the language that was picked, and keeps a choice made with this one."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        with speaking(Translator(picked_language(request) or SOURCE)):
            response = await handler(request)
        if PARAMETER in request.query and not response.prepared:
            _keep_choice(request, response, secure=secure)
        return response

    return middleware


def _keep_choice(request: web.Request, response: web.StreamResponse, *, secure: bool) -> None:
    language = picked_language(request)
    if language is None:
        response.del_cookie(_COOKIE)
        return
    response.set_cookie(
        _COOKIE, language, max_age=_KEPT_SECONDS, httponly=True, secure=secure, samesite="Lax"
    )
