import { expect, it } from "vitest";
import { fewAtOnce } from "./few-at-once.ts";

/** Work that ends when it is told to. */
const work = () => {
  const ends: { done?: (text: string) => void; fail?: (error: Error) => void } = {};
  const promise = new Promise<string>((resolve, reject) => Object.assign(ends, { done: resolve, fail: reject }));
  return { promise, done: (text: string) => ends.done?.(text), fail: (error: Error) => ends.fail?.(error) };
};

it("refuses one piece of work too many, and takes the next when one has ended, well or not", async () => {
  const run = fewAtOnce(2);
  const [first, second] = [work(), work()];
  const [a, b] = [run(() => first.promise), run(() => second.promise)];
  await expect(run(() => Promise.resolve("c"))).rejects.toMatchObject({ code: "ANALYSIS_BUSY" });
  second.fail(new Error("failed"));
  await expect(b).rejects.toThrow("failed");
  expect(await run(() => Promise.resolve("c"))).toBe("c");
  first.done("a");
  expect(await a).toBe("a");
});
