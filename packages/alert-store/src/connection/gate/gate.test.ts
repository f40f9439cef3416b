import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Gate } from "./gate.ts";
import type { Lane } from "./lanes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DEADLINE = 10_000;

/** A gate and the requests that have passed it, each of which is answered when a test says so. */
const opened = () => {
  const gate = new Gate(DEADLINE);
  const sent: { readonly name: string; readonly answer: () => void; readonly signal: AbortSignal }[] = [];
  const ask = (name: string, lane: Lane = "work", deadlineMs = DEADLINE): Promise<string> =>
    gate
      .pass({ lane, deadlineMs }, (signal) => {
        return new Promise<string>((resolve) => {
          const answer = (): void => {
            gate.answered();
            resolve("answered");
          };
          sent.push({ name, answer, signal });
        });
      })
      .catch((error: unknown) => String(error));
  const names = (): readonly string[] => sent.map(({ name }) => name);
  return { gate, sent, ask, names };
};

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("a request", () => {
  it("is given up at its deadline, and is aborted", async () => {
    const { sent, ask } = opened();
    const outcome = ask("a");
    await vi.advanceTimersByTimeAsync(DEADLINE - 1);
    expect(sent[0]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toBe("TimeoutError: the request timed out: it was not answered within 10000 ms");
    expect(sent[0]?.signal.aborted).toBe(true);
  });

  it("spends its time also on waiting for others", async () => {
    const { ask, names } = opened();
    const first = Array.from({ length: 8 }, (_, index) => ask(`first ${index}`, "work", 2 * DEADLINE));
    const outcome = ask("late");
    await vi.advanceTimersByTimeAsync(DEADLINE);
    expect(await outcome).toMatch(/it waited 10000 ms for others/);
    await vi.advanceTimersByTimeAsync(DEADLINE);
    expect((await Promise.all(first)).every((message) => message.includes("20000 ms"))).toBe(true);
    expect(names()).not.toContain("late");
    // Nothing is left of those that were given up: as many as before can go.
    const next = Array.from({ length: 9 }, (_, index) => ask(`next ${index}`));
    await settle();
    expect(names().filter((name) => name.startsWith("next"))).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(DEADLINE);
    await Promise.all(next);
  });
});

describe("requests at the same time", () => {
  it("are eight, and one that is urgent besides", async () => {
    const { sent, ask, names } = opened();
    const all = Array.from({ length: 1_000 }, (_, index) => ask(`work ${index}`));
    const urgent = ask("lease", "urgent");
    await settle();
    expect(names()).toHaveLength(9);
    expect(names()).toContain("lease");
    for (const { answer } of sent) {
      answer();
      await settle();
    }
    expect(await Promise.all([...all, urgent])).toEqual(Array.from({ length: 1_001 }, () => "answered"));
  });

  it("take turns by lane, within it the first comes first, and none has them all", async () => {
    const { sent, ask, names } = opened();
    for (let index = 0; index < 20; index += 1) void ask(`alerts ${index}`, "alerts");
    for (let index = 0; index < 20; index += 1) void ask(`intake ${index}`, "intake");
    await settle();
    expect(names().filter((name) => name.startsWith("alerts"))).toHaveLength(4);
    expect(names().filter((name) => name.startsWith("intake"))).toHaveLength(4);
    for (let index = 0; index < 3; index += 1) void ask(`work ${index}`);
    for (const { answer } of sent.slice(0, 6)) answer();
    await settle();
    const next = names().slice(8);
    expect(next.map((name) => name.split(" ")[0]).sort()).toEqual([
      "alerts",
      "alerts",
      "intake",
      "intake",
      "work",
      "work",
    ]);
    expect(next.filter((name) => name.startsWith("intake"))).toEqual(["intake 4", "intake 5"]);
  });
});

describe("a store that answers nothing", () => {
  it("is silent once it has had the time for a request", async () => {
    const { gate, sent, ask } = opened();
    void ask("a");
    await vi.advanceTimersByTimeAsync(DEADLINE - 1);
    expect(gate.silentMs).toBe(0);
    await vi.advanceTimersByTimeAsync(5_001);
    expect(gate.silentMs).toBe(15_000);
    void ask("b");
    await settle();
    expect(gate.silentMs).toBe(15_000);
    sent.at(-1)?.answer();
    await settle();
    expect(gate.silentMs).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(gate.silentMs).toBe(0);
  });

  it("is not silent as long as it answers something else, and is when it stops doing so", async () => {
    const { gate, sent, ask } = opened();
    void ask("slow", "work", 3 * DEADLINE);
    for (let index = 0; index < 3; index += 1) {
      void ask("quick");
      await vi.advanceTimersByTimeAsync(8_000);
      sent.at(-1)?.answer();
    }
    expect(gate.silentMs).toBe(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(gate.silentMs).toBe(0);
    void ask("quick");
    await vi.advanceTimersByTimeAsync(DEADLINE);
    expect(gate.silentMs).toBe(DEADLINE);
  });
});
