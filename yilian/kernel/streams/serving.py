"""The ASGI application of the streams: `GET /streams/` by session, one line of text per change.

    event: change
    data: <case> <version>

An event names a case by its key and no more; what happened is asked for through the pages, which look again at who may
see it. `again` says that something may have been missed. Comments keep the line alive.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from yilian.kernel.streams.hub import Hub, Listener, TooManyError
from yilian.kernel.streams.visitor import Visitor, is_ours, session_key_in, visitor_of

PATH = "/streams/"
HEARTBEAT = 20.0  # seconds
LOOK_AGAIN = 60.0  # seconds after which the session is looked at again
RETRY = b"retry: 4000\n\n"
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class Streams:
    """The application; `listen` runs beside it as long as it lives."""

    def __init__(self, hub: Hub, listen: Callable[[], Awaitable[None]]) -> None:
        self.hub = hub
        self._listen = listen
        self._listening: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._listening = asyncio.ensure_future(self._listen())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._listening:
                    self._listening.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin", "")
        if scope["path"] != PATH or scope["method"] != "GET":
            return await _refuse(send, 404)
        if origin and not is_ours(origin):
            return await _refuse(send, 403)
        session_key = session_key_in(headers.get("cookie", ""))
        visitor = await asyncio.to_thread(visitor_of, session_key) if session_key else None
        if visitor is None:
            return await _refuse(send, 403, origin)
        try:
            listener = self.hub.add(visitor.institution_id, visitor.user_id)
        except TooManyError:
            return await _refuse(send, 503, origin)
        await _start(send, 200, origin)
        await self._stream(listener, visitor, session_key, receive, send)

    async def _stream(
        self, listener: Listener, visitor: Visitor, session_key: str, receive: Receive, send: Send
    ) -> None:
        """Write until the page goes away or the session is over."""
        writing = asyncio.ensure_future(_write(listener, visitor, session_key, send))
        leaving = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait((writing, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.remove(listener)
            for task in (writing, leaving):
                task.cancel()
            await asyncio.gather(writing, leaving, return_exceptions=True)


async def _write(listener: Listener, visitor: Visitor, session_key: str, send: Send) -> None:
    """Send what is untold, or a comment when nothing is, as long as the session is that of the visitor."""
    await _send(send, RETRY)
    looked = time.monotonic()
    while True:
        said = ":\n\n"
        with suppress(TimeoutError):
            await asyncio.wait_for(listener.woken.wait(), HEARTBEAT)
            said = "".join(f"event: {event}\ndata: {data}\n\n" for event, data in listener.take())
        if time.monotonic() - looked > LOOK_AGAIN:
            looked = time.monotonic()
            if await asyncio.to_thread(visitor_of, session_key) != visitor:
                await _send(send, b"", is_last=True)
                return
        await _send(send, said.encode())


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int, origin: str = "") -> None:
    await _start(send, status, origin)
    await _send(send, b"", is_last=True)


async def _start(send: Send, status: int, origin: str) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"Origin, Cookie"),
    ]
    if origin:
        allowed = (b"access-control-allow-origin", origin.encode("latin-1"))
        headers += [allowed, (b"access-control-allow-credentials", b"true")]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _send(send: Send, body: bytes, *, is_last: bool = False) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": not is_last})
