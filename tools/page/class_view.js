// Class view: the page one step at a time, in large type, for a projector. The step's
// number stands in the address: #step-7; a number that is typed leads to its step.

class ClassView {
    constructor(steps, bar) {
        this.steps = steps;
        this.form = bar.querySelector("form");
        this.box = bar.querySelector("input");
        this.message = bar.querySelector(".message");
        bar.querySelector(".count").textContent = steps.length;
        const [back, next, leave] = bar.querySelectorAll("[type=button]");
        back.onclick = () => this.go(-1);
        next.onclick = () => this.go(1);
        leave.onclick = () => this.leave();
        this.box.onfocus = () => this.box.select();
        this.form.onsubmit = event => { event.preventDefault(); this.typed(); };
        document.querySelector(".enter").onclick = () => this.enter(this.onScreen());
        addEventListener("keydown", event => this.key(event));
        addEventListener("hashchange", () => this.follow());
        this.follow();
        if (!this.on && new URLSearchParams(location.search).has("class")) this.enter(0);
    }

    get on() { return document.documentElement.classList.contains("class"); }

    /** Go to the step that the address names, if it does. */
    follow() {
        const [, number] = location.hash.match(/^#step-(\d+)$/) ?? [];
        const step = this.steps[number - 1];
        if (step && !(this.on && step === this.steps[this.now])) this.enter(number - 1);
    }

    /** Return the index of the step at the top of the screen. */
    onScreen() {
        const first = this.steps.findIndex(step => step.getBoundingClientRect().bottom > 60);
        return Math.max(first, 0);
    }

    enter(at) {
        this.from = {at, scroll: scrollY};
        document.documentElement.classList.add("class");
        this.show(at);
    }

    /** Leave for the place on the page that the class has come to. */
    leave() {
        document.documentElement.classList.remove("class");
        history.replaceState(null, "", location.pathname + location.search);
        if (this.now === this.from.at) scrollTo(0, this.from.scroll);
        else this.steps[this.now].scrollIntoView();
        document.querySelector(".enter").focus({preventScroll: true});
    }

    show(at) {
        this.steps[this.now]?.classList.remove("now");
        const step = this.steps[this.now = at];
        step.classList.add("now");
        // Replies and solutions wait for a click.
        for (const details of step.querySelectorAll("details")) details.open = false;
        this.box.value = at + 1;
        this.message.textContent = "";
        history.replaceState(null, "", `#${step.id}`);
        scrollTo(0, 0);
        step.tabIndex = -1;
        step.focus({preventScroll: true});
    }

    /** Go a step on (1) or back (-1); in a step that is longer than the screen, scroll. */
    go(way) {
        const {scrollHeight, clientHeight} = document.documentElement;
        const rest = way > 0 ? scrollHeight - clientHeight - scrollY : scrollY;
        if (rest > 8) scrollBy(0, way * Math.min(rest, 0.7 * clientHeight));
        else if (this.steps[this.now + way]) this.show(this.now + way);
    }

    /** Go to the step whose number was typed. */
    typed() {
        const last = this.steps.length, number = read(this.box.value);
        if (this.steps[number - 1]) this.show(number - 1);
        else { // it stays in the box, to be mended
            const got = `got “${this.box.value}”; needs a whole number from 1 to ${last}`;
            this.message.textContent = `Step: ${got}`;
            this.box.select();
        }
    }

    /** Take back what was typed: the number is the step's again. */
    untyped() {
        this.box.value = this.now + 1;
        this.message.textContent = "";
        this.steps[this.now].focus({preventScroll: true});
    }

    key(event) {
        if (!this.on || event.ctrlKey || event.altKey || event.metaKey) return;
        const inside = selector => event.target.closest?.(selector);
        if (/^\d$/.test(event.key) && !inside("[type=text]")) { // it goes on in the box
            this.box.focus(); // which selects what is there: the digit replaces it
            return;
        }
        const way = {
            PageDown: 1, PageUp: -1, // what a presenter's clicker sends, wherever the focus is
            ...(!inside("input") && {ArrowRight: 1, ArrowLeft: -1}),
            ...(!inside("input, button, summary, a") && {" ": event.shiftKey ? -1 : 1}),
        }[event.key];
        if (way) this.go(way);
        else if (event.key === "Escape" && event.target === this.box) this.untyped();
        else if (event.key === "Escape") this.leave();
        else return;
        event.preventDefault();
    }
}

{
    const bar = document.querySelector(".bar");
    if (bar) new ClassView([...document.querySelectorAll(".step")], bar);
}
