import { describe, expect, it } from "vitest";
import { barText, progressBar } from "./progress-bar.ts";
import { type ScreenStream, statusLine } from "./status-line.ts";

/** A screen that does what terminals do with what is written to it. */
class Screen implements ScreenStream {
  readonly isTTY: boolean | undefined;
  columns: number | undefined;
  readonly rows: string[] = [""];
  written = 0;
  readonly #width: number;
  #column = 0;

  constructor(columns: number | undefined, isTTY?: boolean) {
    this.columns = columns;
    this.isTTY = isTTY;
    // A screen that does not tell its width has one.
    this.#width = columns === undefined || columns === 0 ? 80 : columns;
  }

  readonly write = (text: string): void => {
    this.written++;
    // eslint-disable-next-line no-control-regex -- what terminals are told is made of control characters
    for (const [part] of text.matchAll(/\u001b\[K|[^]/g)) this.#take(part);
  };

  #take(part: string): void {
    const row = this.rows.at(-1) ?? "";
    if (part === "\r") this.#column = 0;
    else if (part === "\n") this.#newRow();
    else if (part === "\u001b[K") this.rows[this.rows.length - 1] = row.slice(0, this.#column);
    else {
      if (this.#column >= this.#width) this.#newRow();
      const start = (this.rows.at(-1) ?? "").padEnd(this.#column);
      this.rows[this.rows.length - 1] = start.slice(0, this.#column) + part + start.slice(++this.#column);
    }
  }

  #newRow(): void {
    this.rows.push("");
    this.#column = 0;
  }
}

const TITLE = "@mozdef/alerts-watchlist";
const SMART = { isDumb: false };

/** A clock that is looked at once an hour. */
const slowClock = (): (() => number) => {
  let hours = 0;
  return () => hours++ * 3_600_000;
};

const run = (screen: Screen): void => {
  const bar = progressBar(statusLine(screen, SMART), TITLE, slowClock());
  for (let step = 0; step <= 100; step++) bar.show(step / 100, "2017-01-01 01:00");
};

describe("the progress bar", () => {
  it.each([200, 80, 60, 40, 20, 8, 3, 1, 0, undefined])("stays on one line of %s columns, and goes", (columns) => {
    const screen = new Screen(columns, true);
    const status = statusLine(screen, SMART);
    const bar = progressBar(status, TITLE, slowClock());
    for (let step = 0; step <= 100; step++) {
      bar.show(step / 100, "2017-01-01 01:00");
      expect(screen.rows).toHaveLength(1);
    }
    bar.end();
    expect(screen.rows).toEqual([""]);
  });

  it.each([
    [80, `${TITLE} [###############               ] 50 % 2017-01-01 01:00`],
    [70, `${TITLE} [###############               ] 50 %`],
    [50, `${TITLE} [#####     ] 50 %`],
    [40, "[#####     ] 50 %"],
    [10, "50 %"],
    [2, ""],
  ])("says in %i columns what there is room for", (columns, text) => {
    expect(barText({ title: TITLE, share: 0.5, detail: "2017-01-01 01:00" }, columns)).toBe(text);
  });

  it("writes over itself, also when the window becomes narrower", () => {
    const screen = new Screen(120, true);
    const bar = progressBar(statusLine(screen, SMART), TITLE, slowClock());
    bar.show(0.5, "2017-01-01 01:00");
    screen.columns = 40;
    bar.show(0.6, "2017-01-01 02:00");
    expect(screen.rows).toEqual(["[######    ] 60 %"]);
  });

  it("is drawn twenty times a second at most", () => {
    const screen = new Screen(80, true);
    let now = 0;
    const bar = progressBar(statusLine(screen, SMART), TITLE, () => now);
    for (; now < 1_000; now++) bar.show(now / 1_000, `${now}`);
    expect(screen.written).toBe(20);
  });

  it("leaves what others write above it whole", () => {
    const screen = new Screen(40, true);
    const status = statusLine(screen, SMART);
    progressBar(status, TITLE).show(0.5, "");
    status.above(() => screen.write("warning: no answer\n"));
    expect(screen.rows).toEqual(["warning: no answer", "[#####     ] 50 %"]);
  });

  it("does not appear where there is no screen", () => {
    for (const isTTY of [false, undefined]) {
      const file = new Screen(80, isTTY);
      run(file);
      const status = statusLine(file, SMART);
      status.above(() => file.write("warning\n"));
      status.clear();
      expect([file.rows, file.written]).toEqual([["warning", ""], 1]);
    }
    const dumb = new Screen(80, true);
    progressBar(statusLine(dumb, { isDumb: true }), TITLE).show(0.5, "");
    expect(dumb.written).toBe(0);
  });
});
