import { expect, it } from "vitest";
import { oneAhead } from "./one-ahead.ts";

/** What is made by hand, and what was begun. */
const maker = () => {
  const begun: number[] = [];
  const make = (input: number): Promise<string> => {
    begun.push(input);
    return input === 13 ? Promise.reject(new Error("thirteen")) : Promise.resolve(`made ${input}`);
  };
  return { begun, make };
};

it("gives all in order, and has begun one more than it has given", async () => {
  const { begun, make } = maker();
  const seen: [string, number[]][] = [];
  for await (const made of oneAhead([1, 2, 3], make)) seen.push([made, [...begun]]);
  expect(seen).toEqual([
    ["made 1", [1, 2]],
    ["made 2", [1, 2, 3]],
    ["made 3", [1, 2, 3]],
  ]);
});

it("gives nothing of nothing", async () => {
  const { begun, make } = maker();
  for await (const made of oneAhead([], make)) expect.unreachable(made);
  expect(begun).toEqual([]);
});

it("gives what came before a failure", async () => {
  const { make } = maker();
  const seen: string[] = [];
  const all = async (): Promise<void> => {
    for await (const made of oneAhead([1, 13], make)) seen.push(made);
  };
  await expect(all()).rejects.toThrow("thirteen");
  expect(seen).toEqual(["made 1"]);
});

it("leaves no failure behind that nobody hears of, when whoever asks has ended before", async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on("unhandledRejection", hear);
  const { begun, make } = maker();
  for await (const made of oneAhead([1, 13], make)) {
    expect(made).toBe("made 1");
    break;
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", hear);
  expect([begun, unheard]).toEqual([[1, 13], []]);
});
