"""Renders the pages of the set-up, each with what a browser may do on it."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from jinja2 import Environment, PackageLoader, StrictUndefined

from mentorbot import __version__
from mentorbot.web.setup.refusals import SetupRefused

log = structlog.get_logger("setup")

_SORRY = "Sorry, that went wrong", "The mistake is ours, and it is in the log. Please load this page again."
_OURSELVES = "'self'"


class SetupTemplates:
    """Renders the pages; a form may lead to `form_action` besides this server, and nowhere else."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("mentorbot.web", "templates/setup"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
        )

    def page(
        self, template: str, *, status: int = 200, form_action: str = _OURSELVES, **words: Any
    ) -> web.Response:
        text = self._templates.get_template(template).render(**words, version_of_ours=__version__)
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            f"form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
        )
        headers = {
            "Content-Security-Policy": policy,
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            # GitHub may look at where a form comes from; the address of that page is no secret.
            "Referrer-Policy": "same-origin" if form_action == _OURSELVES else "strict-origin",
            "Cache-Control": "no-store",
        }
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)


def shown(handler: Handler, templates: SetupTemplates) -> Handler:
    """A handler whose refusals are pages."""

    async def shown(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except SetupRefused as refused:
            return templates.page(
                "message.html", status=refused.status, title=refused.title, text=str(refused)
            )
        except web.HTTPException:
            raise
        except Exception:
            log.exception("A page of the set-up failed", page=request.path)
            return templates.page("message.html", status=500, title=_SORRY[0], text=_SORRY[1])

    return shown
