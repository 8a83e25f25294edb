"""What a class needs of one machine: N kernels at once, each with stage 05 and a hand.

python tools/bench_class.py [N ...]        (1, 10 and 30 if not said)

All run the notebook at the same time. Then each drags sliders for 30 s, twelve moves of
one and 200 ms a move; and clicks, every five seconds somewhere else. The kernel answers
all by itself first. Then a page does what accelerator.js does: it asks for frames that
the control in hand can reach, and what it has is shown at once, after 0 ms. Else the
time is that from when the move was due to when its picture came.
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
SECONDS = 30.0
DRAG = 12  # moves of one slider
HANDS = {"drags": 0.2, "clicks": 5.0}  # seconds from move to move
WAYS = ("kernel alone", "with the page")
HUB = {**os.environ, "JUPYTERHUB_USER": "student"}  # as on a hub or on Binder
AIM, RUN, CALM = 0.06, 1.0, 2.0  # as in accelerator.js, in s
AHEAD, SLOW = 24, 50  # as there, in frames and ms
COLUMNS = (
    "students  hand    frames         cores used  at once  "
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
        self.forget()

    def forget(self):
        """Open anew: with no frame but the one that is shown."""
        self.known, self.slow = {tuple(self.key)}, dict.fromkeys(self.sliders, 0)
        self.run, self.way, self.last, self.calm = 0, 1, (None, 0), 0

    def at(self, i, k):
        """Return the key with control i at its stop k."""
        return (*self.key[:i], self.controls[i]["texts"][k], *self.key[i + 1 :])

    def wanted(self, i):
        """Return the keys to ask for with control i in hand, the nearest first."""
        if self.slow[i] > 1 or perf_counter() < self.calm:
            return []
        texts = self.controls[i]["texts"]
        here = texts.index(self.key[i])
        reach = sorted(range(len(texts)), key=lambda k: abs(k - here - self.way / 4))
        near = reach[: 1 + 2 ** (self.run - 1) if self.run else 3]
        return [key for k in near if (key := self.at(i, k)) not in self.known][:AHEAD]

    def moved(self, i, key):
        """Take down that control i was moved."""
        before, when = self.last
        now = perf_counter()
        self.run = self.run + 1 if i == before and now - when < RUN else 1
        self.last = i, now
        texts = self.controls[i]["texts"]
        self.way = 1 if texts.index(key[i]) > texts.index(self.key[i]) else -1
        self.key = list(key)
        self.known.add(key)


class Student:
    """One kernel with the stage in it, and somebody who moves its sliders."""

    def __init__(self, number):
        self.random = random.Random(number)
        self.errors = []
        notebook = nbformat.read(STAGE, as_version=4)
        self.client = NotebookClient(notebook, timeout=900, kernel_name="python3")

    async def work(self, everybody):
        """Run the notebook; when everybody has, move the sliders in all ways."""
        async with self.client.async_setup_kernel(stderr=DEVNULL, env=HUB):
            for i, cell in enumerate(self.client.nb.cells):
                await self.client.async_execute_cell(cell, i)
            self.process = psutil.Process(self.client.km.provisioner.pid)
            self.memory = self.process.memory_full_info().pss / 1e6
            states = self.client.widget_state
            self.pages = [
                Page(comm, state["parts"], states)
                for comm, state in states.items()
                if state.get("parts") and state["_model_name"] == "AnyModel"
            ]
            await everybody.wait()
            for hand in HANDS:
                for way in WAYS:
                    await self.play(HANDS[hand], way == WAYS[1])
                    await everybody.wait()

    async def play(self, every, prepares):
        """Move sliders for a while; note how long each picture takes."""
        self.delays = []
        for page in self.pages:
            page.forget()
            await self.say(page, ready=True)
        begin = sum(self.process.cpu_times()[:2])
        end = perf_counter() + SECONDS
        due = perf_counter() + self.random.uniform(0, every)
        hand = self.hand(1 if every > RUN else DRAG)
        page, i, stop = next(hand)
        while due < end:
            await asyncio.sleep(max(0, due - perf_counter()))
            await self.move(page, i, stop, due, prepares)
            due = max(due + every, perf_counter())
            before = page, i
            page, i, stop = next(hand)
            # At rest; and then the pointer is on the next before it presses.
            for held in dict.fromkeys([before, (page, i)]) if prepares else ():
                await asyncio.sleep(AIM)
                await self.prepare(*held, due)
        self.seconds = sum(self.process.cpu_times()[:2]) - begin

    def hand(self, moves):
        """Yield which slider goes to which stop: so many moves, then another."""
        while True:
            page = self.random.choice(self.pages)
            i = self.random.choice(list(page.sliders))
            last = len(page.controls[i]["texts"]) - 1
            way = self.random.choice([-1, 1])
            for _ in range(moves):
                here = page.controls[i]["texts"].index(page.key[i])
                if not 0 <= here + way <= last:
                    way = -way
                stop = here + way * self.random.randint(1, 3)
                yield page, i, min(max(stop, 0), last)

    async def move(self, page, i, stop, due, prepares):
        """Move one slider; note how long its picture takes."""
        key = page.at(i, stop)
        update = {"state": {"value": stop}, "buffer_paths": []}
        shown = 0 if prepares and key in page.known else None
        said = {"method": "update", **update}
        async for content in self.answers(page.sliders[i], said):
            if shown is None and "<figure" in str(content.get("data")):
                shown = perf_counter() - due
        if shown is None:
            self.errors.append("a move without a picture")
        else:
            self.delays.append(1000 * shown)
        page.moved(i, key)

    async def prepare(self, page, i, due):
        """Ask for frames until the next move is due, or none is wanted."""
        while perf_counter() < due and (wanted := page.wanted(i)):
            frames, busy = await self.say(page, want=wanted)
            if busy:
                page.calm = perf_counter() + CALM
            if not frames:
                break
            page.known.update(wanted[: len(frames)])
            page.slow[i] += sum(frame["ms"] > SLOW for frame in frames)

    async def say(self, page, **said):
        """Say something as a page does; return the frames sent, and if it is busy."""
        frames, busy = [], False
        data = {"method": "custom", "content": said}
        async for content in self.answers(page.model, data):
            sent = content.get("data", {}).get("content", {})
            frames += sent.get("frames", [])
            busy |= sent.get("busy", False)
        return frames, busy

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


class Everybody(asyncio.Barrier):
    """Where all students wait for one another; the last one reports."""

    def __init__(self, students):
        super().__init__(len(students))
        self.students, self.begin = students, perf_counter()
        self.phases = iter([None, *((hand, way) for hand in HANDS for way in WAYS)])

    async def wait(self):
        """Wait for all others."""
        if self.n_waiting + 1 == self.parties:
            self.report(next(self.phases))
        await super().wait()

    def report(self, phase):
        """Print how long the start took, or the line of what was just done."""
        count = len(self.students)
        if phase is None:
            took = perf_counter() - self.begin
            memory = sum(student.memory for student in self.students) / count
            print(f"{count:8}  run all {took:.1f} s, {memory:.0f} MB each", flush=True)
            return
        delays = sorted(delay for each in self.students for delay in each.delays)
        cores = sum(student.seconds for student in self.students) / SECONDS
        at_once = sum(not delay for delay in delays) / len(delays)
        p50, p95 = (delays[int(len(delays) * part)] for part in (0.5, 0.95))
        errors = [error for student in self.students for error in student.errors]
        for error in errors[:3]:
            print(error)
        hand, way = phase
        print(
            f"{count:8}  {hand:6}  {way:13}  {cores:10.2f}  {at_once:7.0%}  "
            f"{p50:12.0f}  {p95:5.0f}  {delays[-1]:5.0f}  {len(errors):6}",
            flush=True,
        )


async def measure(count):
    """Let so many students work at once; print their lines of the table."""
    students = [Student(number) for number in range(count)]
    everybody = Everybody(students)
    await asyncio.gather(*(student.work(everybody) for student in students))


def main(counts):
    """Print the table."""
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}"
    )
    print(COLUMNS)
    for count in counts:
        asyncio.run(measure(count))


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1, 10, 30])
