import { afterEach, beforeEach, expect, it, vi } from "vitest";

/** As a page loads it: with what the browser remembers. */
const loaded = async () => {
  vi.resetModules();
  const [zone, format] = await Promise.all([import("./time-zone.ts"), import("./format-time.ts")]);
  return { ...zone, ...format };
};

const storageOf = (entries: Map<string, string>) => ({
  getItem: (key: string) => entries.get(key) ?? null,
  setItem: (key: string, value: string) => void entries.set(key, value),
});

const FORBIDDEN = {
  getItem: () => {
    throw new Error("forbidden");
  },
  setItem: () => {
    throw new Error("forbidden");
  },
};

beforeEach(() => void vi.stubEnv("TZ", "Europe/Vienna"));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

it("is UTC until somebody chooses, and then remembers", async () => {
  vi.stubGlobal("localStorage", storageOf(new Map()));
  const page = await loaded();
  expect(page.zonedTime("2026-07-01T00:00:00Z")).toBe("2026-07-01 00:00:00 UTC");
  expect(page.withZone("From")).toBe("From (UTC)");
  page.chooseTimeZone("local");
  expect(page.zonedTime("2026-07-01T00:00:00Z")).toBe("2026-07-01 02:00:00 +02:00");
  expect(page.withZone("From")).toBe("From (local)");
  expect((await loaded()).timeZone()).toBe("local");
});

it("takes what it does not know for UTC", async () => {
  vi.stubGlobal("localStorage", storageOf(new Map([["mozdef.timezone", "Mars/Olympus"]])));
  expect((await loaded()).timeZone()).toBe("UTC");
});

it("lasts as long as the page where storage is forbidden", async () => {
  vi.stubGlobal("localStorage", FORBIDDEN);
  const page = await loaded();
  expect(page.timeZone()).toBe("UTC");
  page.chooseTimeZone("local");
  expect(page.timeZone()).toBe("local");
});
