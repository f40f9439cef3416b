import { expect, it, vi } from "vitest";
import type { Planned, StageScope, TaskAnswers, TaskRef } from "../alert-host.ts";
import type { ChildHost } from "./child-host.ts";
import { splitHost } from "./split-host.ts";

const outcome = { errors: [], warnings: [], isComplete: true, durationMs: 0 };
const scope: StageScope = { now: new Date(0), timeoutMs: 1 };

/** Says in what is kept who ran which alert. */
const fakeHost = (name: string) => {
  const ran = (task: TaskRef) => ({ ...outcome, kept: [{ index: name, id: task.name, source: {} }] });
  const host = {
    plan: vi.fn((tasks: readonly TaskRef[]) => Promise.resolve(tasks.map((task) => ({ ...ran(task), searches: [] })))),
    group: vi.fn(() => Promise.resolve({ keys: [[name]], errors: [], isComplete: true })),
    evaluate: vi.fn((answers: readonly TaskAnswers[]) =>
      Promise.resolve(answers.map(({ task }) => ({ ...ran(task), alerts: [] }))),
    ),
    residentBytes: 10,
    suspended: () => [{ name, strikes: 1, reason: "it ended", leftMs: 1 }],
    release: vi.fn(),
    reload: vi.fn(),
    renew: vi.fn(() => Promise.resolve({ use: vi.fn(), drop: vi.fn() })),
    close: vi.fn(),
  };
  return host satisfies ChildHost;
};

const split = () => {
  const trusted = fakeHost("trusted");
  const others = fakeHost("others");
  return { trusted, others, host: splitHost(({ pack }) => pack === "ours", { trusted, others }) };
};

const refs: readonly TaskRef[] = [
  { id: "A", name: "A", pack: "theirs" },
  { id: "B", name: "B", pack: "ours" },
  { id: "C", name: "C" },
];
const whoRan = (results: readonly Pick<Planned, "kept">[]) => results.map(({ kept: [kept] }) => kept);
const byWhom = refs.map(({ name }) => ({ index: name === "B" ? "trusted" : "others", id: name, source: {} }));

it("runs each alert in the host of its pack, with results in the order they were asked for", async () => {
  const { host } = split();
  expect(whoRan(await host.plan(refs, scope))).toEqual(byWhom);
  const answers = refs.map((task) => ({ task, answered: [], kept: [] }));
  expect(whoRan(await host.evaluate(answers, scope))).toEqual(byWhom);
});

it("has the groups of events made where their alert is", async () => {
  const { host } = split();
  const [, ours = { id: "", name: "" }] = refs;
  const asked = { task: ours, name: "B", groupBy: { place: 0 }, events: [] };
  expect((await host.group(asked, scope)).keys).toEqual([["trusted"]]);
});

it("leaves a host alone that has nothing to run", async () => {
  const { host, trusted } = split();
  await host.plan([{ id: "A", name: "A", pack: "theirs" }], scope);
  expect(trusted.plan).not.toHaveBeenCalled();
});

it("is both in all else", () => {
  const { host, trusted, others } = split();
  expect(host.residentBytes).toBe(20);
  expect(host.suspended().map(({ name }) => name)).toEqual(["trusted", "others"]);
  host.release("A");
  host.reload();
  host.close();
  for (const { release, reload, close } of [trusted, others]) {
    expect(release).toHaveBeenCalledExactlyOnceWith("A");
    expect(reload).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  }
});
