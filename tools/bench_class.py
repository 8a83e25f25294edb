"""What a class needs of one machine: N kernels at once, each with stage 05 and a hand.

python tools/bench_class.py [N ...]        (1, 10 and 30 if not said)

All run the notebook at the same time. Then each moves a slider every 200 ms for 30 s,
with the messages that a browser sends. What accelerator.js does in a page is done here
as well: it asks for the frames that the control in hand can reach, and what it has
already is shown at once, after 0 ms. Else the time is that from when the move was due
to when its picture came.
"""

import asyncio
import os
import platform
import random
import sys
from pathlib import Path
from subprocess import DEVNULL
from time import perf_counter

import nbformat
import psutil
from nbclient import NotebookClient

STAGE = Path(__file__).parents[1] / "notebooks" / "05_training_loop.ipynb"
EVERY, SECONDS = 0.2, 30.0
HUB = {**os.environ, "JUPYTERHUB_USER": "student"}  # as on a hub or on Binder
AIM, AHEAD, SLOW = 0.06, 24, 50  # as in accelerator.js, in s, frames and ms
COLUMNS = (
    "students  run all s  MB each  cores used  at once  "
    "move ms: p50    p95    max  errors"
)


class Page:
    """A live picture in a page: where its controls stand, and the frames it has."""

    def __init__(self, model, parts, states):
        self.model, self.controls = model, parts["controls"]
        self.sliders = {}
        self.key = []
        for i, control in enumerate(self.controls):
            comm = control.get("slider", control.get("choice"))
            comm = comm.removeprefix("IPY_MODEL_")
            at = states[comm].get("value" if "slider" in control else "index")
            self.key.append(control["texts"][at])
            if "slider" in control:
                self.sliders[i] = comm
        self.known, self.slow = {tuple(self.key)}, dict.fromkeys(self.sliders, 0)

    def at(self, i, k):
        """Return the key with control i at its stop k."""
        return (*self.key[:i], self.controls[i]["texts"][k], *self.key[i + 1 :])

    def wanted(self, i):
        """Return the keys to ask for with control i in hand, the nearest first."""
        if self.slow[i] > 1:
            return []
        texts = self.controls[i]["texts"]
        here = texts.index(self.key[i])
        reach = sorted(range(len(texts)), key=lambda k: abs(k - here))
        return [key for k in reach if (key := self.at(i, k)) not in self.known][:AHEAD]


class Student:
    """One kernel with the stage in it, and somebody who moves its sliders."""

    def __init__(self, number):
        self.random = random.Random(number)
        self.delays, self.errors = [], []
        notebook = nbformat.read(STAGE, as_version=4)
        self.client = NotebookClient(notebook, timeout=900, kernel_name="python3")

    async def work(self, everybody):
        """Run the notebook; when everybody has, move the sliders for a while."""
        async with self.client.async_setup_kernel(stderr=DEVNULL, env=HUB):
            for i, cell in enumerate(self.client.nb.cells):
                await self.client.async_execute_cell(cell, i)
            self.process = psutil.Process(self.client.km.provisioner.pid)
            states = self.client.widget_state
            self.pages = [
                Page(comm, state["parts"], states)
                for comm, state in states.items()
                if state.get("parts") and state["_model_name"] == "AnyModel"
            ]
            for page in self.pages:
                await self.say(page, ready=True)
            await everybody.wait()
            self.seconds = sum(self.process.cpu_times()[:2])
            due = perf_counter()
            end = due + SECONDS
            while due < end:
                page, i = await self.move(due)
                due = max(due + EVERY, perf_counter())
                await asyncio.sleep(AIM)
                await self.prepare(page, i, due)
                await asyncio.sleep(max(0, due - perf_counter()))
            self.seconds = sum(self.process.cpu_times()[:2]) - self.seconds
            self.memory = self.process.memory_full_info().pss / 1e6
            await everybody.wait()

    async def move(self, due):
        """Drag one slider by a few stops; note how long its picture takes."""
        page = self.random.choice(self.pages)
        i, comm = self.random.choice(list(page.sliders.items()))
        texts = page.controls[i]["texts"]
        here = texts.index(page.key[i])
        stops = [here + step for step in (-3, -2, -1, 1, 2, 3)]
        stop = self.random.choice([stop for stop in stops if 0 <= stop < len(texts)])
        key = page.at(i, stop)
        update = {"state": {"value": stop}, "buffer_paths": []}
        shown = 0 if key in page.known else None
        async for content in self.answers(comm, {"method": "update", **update}):
            if shown is None and "<figure" in str(content.get("data")):
                shown = perf_counter() - due
        if shown is None:
            self.errors.append("a move without a picture")
        else:
            self.delays.append(1000 * shown)
        page.key = list(key)
        page.known.add(key)
        return page, i

    async def prepare(self, page, i, due):
        """Ask for frames until the next move is due, or none is wanted."""
        while perf_counter() < due and (wanted := page.wanted(i)):
            frames = await self.say(page, want=wanted)
            if not frames:
                break
            page.known.update(wanted[: len(frames)])
            page.slow[i] += sum(frame["ms"] > SLOW for frame in frames)

    async def say(self, page, **said):
        """Say something to the kernel as a page does; return the frames it sends."""
        frames = []
        data = {"method": "custom", "content": said}
        async for content in self.answers(page.model, data):
            frames += content.get("data", {}).get("content", {}).get("frames", [])
        return frames

    async def answers(self, comm, data):
        """Send a widget's message; yield the content of each answer till it is done."""
        kc = self.client.kc
        sent = kc.session.msg("comm_msg", {"comm_id": comm, "data": data})
        kc.shell_channel.send(sent)
        while True:
            message = await kc.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error" or 'role="alert"' in str(content.get("data")):
                self.errors.append(content)
            if kind == "status" and content["execution_state"] == "idle":
                return
            yield content


async def measure(count):
    """Let so many students work at once; return the line of the table."""
    students = [Student(number) for number in range(count)]
    begin, started = perf_counter(), []

    class Everybody(asyncio.Barrier):
        async def wait(self):
            await super().wait()
            started.append(perf_counter() - begin)

    everybody = Everybody(count)
    await asyncio.gather(*(student.work(everybody) for student in students))
    delays = sorted(delay for student in students for delay in student.delays)
    memory = sum(student.memory for student in students) / count
    cores = sum(student.seconds for student in students) / SECONDS
    at_once = sum(not delay for delay in delays) / len(delays)
    p50, p95 = (delays[int(len(delays) * part)] for part in (0.5, 0.95))
    errors = [error for student in students for error in student.errors]
    for error in errors[:3]:
        print(error)
    return (
        f"{count:8}  {started[0]:9.1f}  {memory:7.0f}  {cores:10.2f}  {at_once:7.0%}  "
        f"{p50:12.0f}  {p95:5.0f}  {delays[-1]:5.0f}  {len(errors):6}"
    )


def main(counts):
    """Print the table."""
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}"
    )
    print(COLUMNS)
    for count in counts:
        print(asyncio.run(measure(count)), flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1, 10, 30])
