"""A line as to Binder, on this machine: what passes is late, and no faster than it is.

with slow_line(port) as other: …    `other` is a port that leads to `port`
"""

import asyncio
import threading
from collections import deque
from contextlib import contextmanager, suppress

ROUND_TRIP = 0.080  # seconds
RATE = 10e6 / 8  # bytes a second, each way


@contextmanager
def slow_line(port, round_trip=ROUND_TRIP, rate=RATE):
    """Give a port of this machine that leads to another over a slow line."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def accept(reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", port)
        ways = (reader, back), (there, writer)
        with suppress(asyncio.CancelledError):  # when the line is closed
            await asyncio.gather(*(_carry(*way, round_trip / 2, rate) for way in ways))

    opened = asyncio.start_server(accept, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(opened, loop).result()

    async def close():
        server.close()
        carrying = asyncio.all_tasks() - {asyncio.current_task()}
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)

    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


async def _carry(reader, writer, delay, rate):
    """Carry bytes one way: each leaves when those before it have, and then travels."""
    loop, waiting, more = asyncio.get_running_loop(), deque(), asyncio.Event()

    async def arrive():
        while True:
            await more.wait()
            while waiting:
                due, data = waiting[0]
                await asyncio.sleep(max(0, due - loop.time()))
                waiting.popleft()
                if not data:
                    return writer.close()
                writer.write(data)
            more.clear()

    arriving, free = asyncio.create_task(arrive()), 0
    data = True
    while data:
        try:
            data = await reader.read(16_384)
        except ConnectionError:
            data = b""
        free = max(free, loop.time()) + len(data) / rate
        waiting.append((free + delay, data))
        more.set()
    await arriving
