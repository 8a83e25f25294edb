"""What a class needs of one machine: N kernels at once, each with stage 05 and a hand.

python tools/bench_class.py [N ...]        (1, 10 and 30 if not said)

All run the notebook at the same time. Then each moves a slider every 200 ms for 30 s,
with the messages that a browser sends, and waits for the picture as a browser does.
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
COLUMNS = "students  run all s  MB each  cores used  move ms: p50    p95    max  errors"


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
            self.sliders = {
                comm: state
                for comm, state in self.client.widget_state.items()
                if state["_model_name"] == "IntSliderModel"
            }
            await everybody.wait()
            self.seconds = sum(self.process.cpu_times()[:2])
            end = perf_counter() + SECONDS
            while (begin := perf_counter()) < end:
                await self.move()
                await asyncio.sleep(max(0, begin + EVERY - perf_counter()))
            self.seconds = sum(self.process.cpu_times()[:2]) - self.seconds
            self.memory = self.process.memory_full_info().pss / 1e6
            await everybody.wait()

    async def move(self):
        """Drag one slider by a few stops; note how long its picture takes."""
        comm, state = self.random.choice(list(self.sliders.items()))
        stops = [state["value"] + step for step in (-3, -2, -1, 1, 2, 3)]
        stops = [stop for stop in stops if state["min"] <= stop <= state["max"]]
        state["value"] = self.random.choice(stops)
        update = {"state": {"value": state["value"]}, "buffer_paths": []}
        content = {"comm_id": comm, "data": {"method": "update", **update}}
        kc = self.client.kc
        sent = kc.session.msg("comm_msg", content)
        begin, shown = perf_counter(), None
        kc.shell_channel.send(sent)
        while True:
            message = await kc.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            kind, content = message["msg_type"], message["content"]
            if "<figure" in str(content.get("data")):
                shown = perf_counter() - begin
            if kind == "error" or 'role="alert"' in str(content.get("data")):
                self.errors.append(content)
            if kind == "status" and content["execution_state"] == "idle":
                break
        if shown is None:
            self.errors.append("a move without a picture")
        else:
            self.delays.append(1000 * shown)


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
    p50, p95 = (delays[int(len(delays) * part)] for part in (0.5, 0.95))
    errors = [error for student in students for error in student.errors]
    for error in errors[:3]:
        print(error)
    return (
        f"{count:8}  {started[0]:9.1f}  {memory:7.0f}  {cores:10.2f}  {p50:12.0f}  "
        f"{p95:5.0f}  {delays[-1]:5.0f}  {len(errors):6}"
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
