// A picture under its controls. All its states are in the page, packed in tiles of
// neighbours; only those near the present one are unpacked, and only near the screen.

const TICK = 250; // ms between the steps of Play
const SOON = 30; // ms: with no frame to draw, Chromium has no idle time for 300

/** Do something when the page has painted and has time; Safari knows no idle time. */
const idle = window.requestIdleCallback
    ? what => requestIdleCallback(what, {timeout: SOON})
    : what => setTimeout(what, SOON);

/** Return what a packed text holds. */
async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
}

/** Return the controls' stops with another one for control k. */
const withStop = (stops, k, stop) => stops.map((old, j) => j === k ? stop : old);

class LivePicture {
    constructor(root) {
        const find = selector => root.querySelector(selector);
        // knobs: of each control its name, label and stops, as they are written.
        Object.assign(this, JSON.parse(find("[type='application/json']").textContent));
        this.root = root;
        this.image = find("[role=img]");
        this.caption = find("figcaption");
        this.message = find(".message");
        this.spoken = find(".spoken");
        this.tiles = new Map(); // name -> a promise of what is in it
        this.shown = this.wanted = this.start; // the index of each control's stop
        this.rows = [...root.querySelectorAll(".control")].map((row, k) => this.row(row, k));
        for (const button of root.querySelectorAll("[data-to]")) {
            // A named state sets some of the controls; the others stay.
            const to = JSON.parse(button.dataset.to);
            button.onclick = () => {
                this.stop();
                this.move(this.wanted.map((at, k) => to[k] ?? at), true);
            };
        }
        // Play stops where nobody looks, and what was unpacked there is dropped.
        new IntersectionObserver(([entry]) => {
            this.near = entry.isIntersecting;
            if (this.near) this.move(this.wanted);
            else this.leave();
        }, {rootMargin: "100%"}).observe(root);
    }

    /** Let one control move the picture; return how the picture moves it. */
    row(row, k) {
        const {label, stops} = this.knobs[k];
        const to = stop => withStop(this.wanted, k, stop);
        const radios = [...row.querySelectorAll("[type=radio]")];
        if (radios.length) {
            for (const radio of radios)
                radio.onchange = () => this.move(to(Number(radio.value)), true);
            return at => { radios[at].checked = true; };
        }
        const [box, slider] = row.querySelectorAll("input");
        const play = row.querySelector(".play");
        slider.oninput = () => this.move(to(Number(slider.value)));
        slider.onchange = () => this.say(); // the drag has ended
        box.onchange = () => this.typed(k, box);
        if (play)
            play.onclick = () => {
                if (this.stop() === k) return;
                const again = this.wanted[k] === stops.length - 1;
                if (again) this.move(to(0));
                play.textContent = "Pause";
                this.playing = {k, play, clock: setInterval(() => {
                    if (this.shown !== this.wanted) return; // the last step isn't there yet
                    if (this.shown[k] === stops.length - 1) this.stop(), this.say();
                    else this.move(to(this.shown[k] + 1));
                }, TICK)};
            };
        return at => {
            box.value = stops[at];
            slider.value = at;
            slider.setAttribute("aria-valuetext", stops[at]);
        };
    }

    /** Go to the stop that is nearest to what was typed, and say so. */
    typed(k, box) {
        const {label, stops, need} = this.knobs[k];
        const number = read(box.value), numbers = stops.map(read);
        if (Number.isNaN(number)) // it stays in the box, to be mended
            this.message.textContent = `${label}: got “${box.value}”; needs ${NEED}`;
        else if (number < numbers[0] || number > numbers.at(-1))
            this.message.textContent = `${label}: got ${box.value}; needs ${need}`;
        else {
            const far = numbers.map(stop => Math.abs(stop - number));
            const at = far.indexOf(Math.min(...far)), typed = box.value;
            this.stop();
            this.move(withStop(this.wanted, k, at), true);
            if (far[at])
                this.message.textContent = `${label}: this page has no picture at ${typed}; ` +
                    `the nearest is at ${stops[at]}.`;
        }
    }

    /** Show the picture at these stops: at once, if its tile is unpacked. */
    async move(wanted, aloud) {
        this.wanted = wanted;
        this.message.textContent = "";
        this.image.setAttribute("aria-busy", true);
        try {
            const still = await this.unpack("still");
            const frames = await this.unpack(this.tileOf(wanted));
            // A later move may have come in between.
            if (this.wanted === wanted) this.show(wanted, still, frames, aloud);
        } catch (error) {
            this.root.parentElement.classList.remove("runs"); // the still copy stays
            throw error;
        }
    }

    show(at, still, frames, aloud) {
        const [under, moving, words, asked] = frames[at.join()];
        const [below, above] = this.image.children;
        if (this.under !== under) below.innerHTML = still[this.under = under];
        above.innerHTML = moving;
        this.image.setAttribute("aria-label", words);
        this.caption.textContent = words;
        this.image.removeAttribute("aria-busy");
        if (this.shown !== at || !this.root.dataset.at) this.asks(asked, at);
        const before = this.shown;
        this.shown = at;
        this.root.dataset.at = at.join();
        this.rows.forEach((set, k) => set(at[k]));
        if (aloud) this.say();
        this.keep(at, before);
    }

    /** Ask for the number that comes next, if the picture asks; a right one leads to it. */
    asks(asked, at) {
        const asking = this.root.querySelector(".asking");
        if (!asking) return;
        const [question, form] = asking.children;
        question.textContent = asked ? asked.question : "Every number is found.";
        for (const part of form.querySelectorAll("input, button")) part.disabled = !asked;
        form.querySelector("input").value = "";
        form.querySelector("[role=status]").textContent = this.found ?? "";
        this.found = null;
        if (!asked) return;
        ask(form, asked, () => {
            this.found = form.querySelector("[role=status]").textContent;
            const to = this.knobs.map(({name, stops}, k) =>
                name in asked.next ? stops.map(read).indexOf(asked.next[name]) : at[k]);
            this.stop();
            this.move(to);
        });
    }

    /** Have the words read, once, where a move has ended. */
    say() { this.spoken.textContent = this.caption.textContent; }

    tileOf(at) { return at.map((stop, k) => Math.floor(stop / this.tile[k])).join(); }

    unpack(name) {
        if (!this.tiles.has(name)) {
            const text = this.root.querySelector(`[data-tile="${name}"]`).textContent;
            this.tiles.set(name, unpacked(text));
        }
        return this.tiles.get(name);
    }

    /** Have the tiles around this state unpacked, when there is time, and no others.
     *
     * First those to which the last move goes on, ahead of it and behind.
     */
    keep(at, before) {
        const moved = at.findIndex((stop, k) => stop !== before[k]);
        const step = at[moved] < before[moved] ? -1 : 1;
        const around = new Set(["still", this.tileOf(at)]);
        const order = [...this.knobs.keys()].sort((j, k) => (k === moved) - (j === moved));
        for (const k of order)
            for (const way of [step, -step]) {
                const last = this.knobs[k].stops.length - 1;
                const next = Math.min(Math.max(at[k] + way * this.tile[k], 0), last);
                around.add(this.tileOf(withStop(at, k, next)));
            }
        for (const name of this.tiles.keys()) if (!around.has(name)) this.tiles.delete(name);
        const next = () => {
            const name = [...around].find(each => !this.tiles.has(each));
            if (name && this.near && this.wanted === at)
                this.unpack(name).then(() => idle(next));
        };
        idle(next);
    }

    /** Stop what plays; return which control did. */
    stop() {
        const {k, play, clock} = this.playing ?? {};
        if (!play) return;
        clearInterval(clock);
        play.textContent = "Play";
        this.playing = null;
        return k;
    }

    leave() {
        this.stop();
        this.tiles.clear();
    }
}

document.documentElement.classList.add("script");
if ("DecompressionStream" in window && "IntersectionObserver" in window) {
    document.documentElement.classList.add("runs");
    for (const root of document.querySelectorAll(".live")) {
        root.parentElement.classList.add("runs");
        root.picture = new LivePicture(root);
    }
}
