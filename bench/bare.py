"""The floor: a handler of bare aiohttp and gidgethub that checks the signature and stores nothing."""

from __future__ import annotations

import sys

from aiohttp import web
from gidgethub import sansio


def app(secret: str) -> web.Application:
    """One route that answers 202 once gidgethub has accepted the delivery."""

    async def receive(request: web.Request) -> web.Response:
        sansio.Event.from_http(request.headers, await request.read(), secret=secret)
        return web.Response(status=202)

    bare = web.Application(client_max_size=26 * 1024 * 1024)
    bare.router.add_post("/github/webhook", receive)
    return bare


if __name__ == "__main__":
    web.run_app(app(sys.argv[2]), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
