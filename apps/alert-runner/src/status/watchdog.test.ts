import { FakeClock } from "@mozdef/alert-engine/testing";
import { expect, it, vi } from "vitest";
import { startWatchdog } from "./watchdog.ts";

it("calls at each period as long as all is well, and says once what is wrong with it", async () => {
  const clock = new FakeClock("2026-01-01T00:00:00Z");
  const answers = [200, 500, 500, 200].map((status) => () => Promise.resolve(new Response("", { status })));
  const calls: string[] = [];
  const warn = vi.fn<(message: string) => void>();
  let isWell = true;
  const watchdog = startWatchdog({
    ...{ url: "https://dead.example.org/x", everyMs: 60_000, clock, log: { warn }, isWell: () => isWell },
    fetch: (url) => {
      calls.push(url as string);
      return answers.shift()?.() ?? Promise.reject(new Error("no route"));
    },
  });
  const minute = async (number: number): Promise<string | null> => {
    clock.set(`2026-01-01T00:0${number}:00Z`);
    await vi.waitFor(() => expect(clock.sleeping).toBe(1));
    return watchdog.failure;
  };
  expect(await minute(1)).toBeNull();
  expect(await minute(2)).toBe("it answered 500");
  expect(await minute(3)).toBe("it answered 500");
  expect(warn).toHaveBeenCalledExactlyOnceWith("the watchdog's address does not take a call: it answered 500");
  expect(await minute(4)).toBeNull();
  isWell = false;
  await minute(5);
  expect(calls).toHaveLength(4);
  isWell = true;
  expect(await minute(6)).toBe("no route");
  await watchdog.stop();
});
