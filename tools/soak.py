"""Thousands of random moves over each notebook's controls, as a browser sends them.

python tools/soak.py [NN ...]

Prints for each notebook what a move took, and the kernel's memory after each thousand;
then after each ten runs of the cells that show a widget. Fails where a move raised an
error, where a picture is not what its controls say at the end, where a model was left
over, or where memory still grew in the last thousand moves or the last ten runs.
"""

import json
import random
import sys
from statistics import median
from time import perf_counter

from driven import Driven, messages_for
from nbformat.v4 import new_code_cell
from notebook_tool import WIDGET_VIEW, notebooks

MOVES, ROUNDS = 1000, 4
RERUNS, RERUN_ROUNDS = 10, 3
MOST_GROWTH = 1  # MB in the last round; what the first ones train and draw is kept
# Freed pages go back to the system first, else they would count.
MEMORY = """
import ctypes, gc
_ = gc.collect(), ctypes.CDLL(None).malloc_trim(0)
print(int(open("/proc/self/statm").read().split()[1]) * 4096)
"""
MODELS = """
from ipywidgets.widgets.widget import _instances
print(len(_instances))
"""
# A picture drawn anew, by a new object of its class, is what the widget must show.
CHECK = """
import json
from html import unescape as _plain
from ipywidgets.widgets.widget import _instances
from backprop.frame import Screen as _Screen
from backprop.live import Live as _Live

def _odd(live):
    anew = type(live.picture)()
    words, html = anew.words(**live.values), live._figure.value
    still, moving = _Screen(anew).frame(**live.values)
    shown = still == live._still.value and moving in html
    return not shown or _plain(html).count(words) != 2

print(json.dumps([f"{type(live.picture).__name__} {live.values}"
                  for live in _instances.values()
                  if isinstance(live, _Live) and _odd(live)]))
"""


class Soak(Driven):
    """One notebook that is run, and then moved at random."""

    async def _run(self):
        hand = random.Random(2026)
        async with self.client.async_setup_kernel():
            await self._run_cells()
            messages = {c: messages_for(state) for c, state in self.widgets.items()}
            controls = [comm for comm in messages if messages[comm]]
            self.spent, self.memory = [], []
            for _ in range(ROUNDS):
                for _ in range(MOVES):
                    comm = hand.choice(controls)
                    begin = perf_counter()
                    await self._send(comm, self._message(hand, comm, messages[comm]))
                    self.spent.append(1e3 * (perf_counter() - begin))
                self.memory.append(int(await self._print(MEMORY)) / 1e6)
            self.odd = json.loads(await self._print(CHECK))
            models = await self._print(MODELS)
            self.rerun = [await self._run_again() for _ in range(RERUN_ROUNDS)]
            if await self._print(MODELS) != models:
                self.odd.append("models were left over when cells ran again")

    async def _run_again(self):
        """Run each cell that shows a widget ten times; return the MB after that."""
        for i, cell in enumerate(self.notebook.cells):
            if any(
                WIDGET_VIEW in out.get("data", ()) for out in cell.get("outputs", ())
            ):
                for _ in range(RERUNS):
                    await self.client.async_execute_cell(cell, i)
        return int(await self._print(MEMORY)) / 1e6

    def _message(self, hand, comm, messages):
        """Return a random value for a slider; else a text, an option or a click."""
        message = hand.choice(messages)
        if comm in self.texts:
            message = hand.choice(messages_for(self.widgets[comm], self.texts[comm]))
        elif "value" in message.get("state", {}):
            low, high = (self.widgets[comm][end] for end in ("min", "max"))
            value = {"value": hand.randint(low, high)}
            message = {**message, "state": value}
        return message

    async def _print(self, code):
        cell = new_code_cell(code)
        self.notebook.cells.append(cell)
        await self.client.async_execute_cell(cell, len(self.notebook.cells) - 1)
        return "".join(output["text"] for output in cell.outputs)


def main(wanted):
    """Print a line for each notebook; return whether one is at fault."""
    failed = False
    print(
        f"{'':26}{'moves':>7}{'p50 ms':>8}{'max ms':>8}   kernel MB after each 1,000"
        ", and after each 10 runs of the cells"
    )
    for path in notebooks():
        if wanted and path.stem[:2] not in wanted:
            continue
        soak = Soak(path)
        print(
            f"{path.stem:26}{len(soak.spent):7}{median(soak.spent):8.1f}"
            f"{max(soak.spent):8.0f}  "
            + "".join(f"{mb:7.1f}" for mb in soak.memory)
            + "  "
            + "".join(f"{mb:7.1f}" for mb in soak.rerun),
            flush=True,
        )
        if soak.memory[-1] > soak.memory[-2] + MOST_GROWTH:
            soak.odd.append(f"grew by over {MOST_GROWTH} MB in the last {MOVES:,}")
        if soak.rerun[-1] > soak.rerun[-2] + MOST_GROWTH:
            soak.odd.append(f"grew by over {MOST_GROWTH} MB when cells ran again")
        for fault in (*soak.problems, *soak.odd):
            print(f"  {fault}")
            failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
