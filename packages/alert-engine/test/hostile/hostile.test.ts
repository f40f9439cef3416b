import {
  type AlertHost,
  childHost,
  createRegistry,
  inProcessHost,
  listRuns,
  readPermissions,
  Scheduler,
  tasksByName,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { answerRelayed, type AlertStore, saveEvents } from "@mozdef/alert-store";
import type { AlertPack } from "@mozdef/alert";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { documentsOf, openStore } from "../open-store.ts";
import { WRITTEN } from "./against-process.ts";
import { GOOD_PACKS, HOSTILE, hostilePack } from "./hostile-pack.ts";

const START = Date.parse("2026-01-01T12:00:30.000Z");
const MINUTES = [1, 2, 3];
const MIB = 1_024 * 1_024;
const silent = () => undefined;

beforeEach(() => rmSync(WRITTEN, { force: true }));

/** What a minute has to see: something for each of the good ones, and for the hostile ones. */
const arrive = async (store: AlertStore, minute: number): Promise<void> => {
  const time = new Date(START + minute * 60_000 - 30_000);
  const events = ["a", "b"].flatMap((hostname) => [
    { category: "door", hostname, summary: `door ${minute} of ${hostname}` },
    ...Array.from({ length: 3 }, () => ({ category: "knock", hostname, summary: "knock" })),
  ]);
  const documents = events.map((event) => ({ ...event, utctimestamp: time.toISOString() }));
  const ids = documents.map((_, index) => `event-${minute}-${index}`);
  await saveEvents(store, documents, { now: time, refresh: true, ids });
};

type Registry = Awaited<ReturnType<typeof createRegistry>>;

/** What all minutes come to. */
const play = async (packs: readonly AlertPack[], hostOf: (store: AlertStore, registry: Registry) => AlertHost) => {
  const clock = new FakeClock(new Date(START).toISOString());
  const store = await openStore({ now: clock.now() });
  const registry = await createRegistry(
    packs.map((pack, index) => ({ source: `pack${index}`, pack })),
    {},
  );
  const services = {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch,
  };
  const scheduler = new Scheduler({
    store,
    clock,
    alerts: registry.alerts,
    limits: { catchUpMs: 3_600_000, runMs: 1_000 },
    signal: new AbortController().signal,
    host: hostOf(store, registry),
    services,
  });
  await scheduler.load();
  for (const minute of MINUTES) {
    await arrive(store, minute);
    clock.set(new Date(START + minute * 60_000 + 1_000).toISOString());
    await (
      await scheduler.tick()
    ).done;
  }
  return { store, registry };
};

const GOOD = ["AlertDoor", "AlertKnocks", "AlertSilence", "AlertCounter", "AlertQuiet"];

/** What the good ones have made, and at which slots. */
const resultOf = async (store: AlertStore) => {
  await store.client.indices.refresh({ index: store.names.physical("slots-*") });
  const { runs, gaps } = await listRuns(store, { ticks: 1_000 });
  const alerts = await documentsOf(store, "alerts-*");
  const [kept] = await documentsOf(store, "localities");
  return {
    alerts: alerts
      .filter(({ _source }) => GOOD.includes(String(_source.classname)))
      .map(({ _id, _source: { events, ...alert } }) => ({
        _id,
        ...alert,
        events: (events as readonly object[]).length,
      })),
    slots: runs
      .filter(({ alert, health }) => GOOD.includes(alert) && health === "ok")
      .map(({ alert, slot }) => `${slot} ${alert}`)
      .sort(),
    kept: (kept?._source.seen as readonly string[]).length,
    gaps: gaps.filter(({ alert }) => GOOD.includes(alert)),
  };
};

const each = (code: string, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, code]));

/** What has to come of a hostile alert. Of the others it depends on how fast the machine is, or nothing comes of them. */
const OUTCOMES: Readonly<Record<string, string>> = {
  ...each("ALERT_KILLED", [
    "Aborts",
    "Backtracks",
    "Exits",
    "ForgesByHand",
    "HoardsBuffers",
    "HoardsHeap",
    "KillsItself",
  ]),
  ...each("ALERT_KILLED", ["LoopsInGetter", "LoopsInHook", "LoopsInMain", "ThrowsInTimer"]),
  ...each("ALERT_TIMEOUT", ["Fetches", "NeverSettles"]),
  ...each("ALERT_HOOK_FAILED", ["ChangesEvents", "DebugsParent", "Forges", "KillsParent", "KillsParentFromBelow"]),
  ...each("ALERT_HOOK_FAILED", ["OpensFile", "StartsPrograms", "StartsProgramsLater", "StartsThreads", "WritesFile"]),
  ...each("ALERT_DRAFT_INVALID", ["DraftOfBigInt", "DraftOfControls", "DraftOfCycle", "DraftOfDepth"]),
  ...each("ALERT_DRAFT_INVALID", ["DraftOfFunction", "DraftOfSymbol"]),
  ...each("ALERT_SEARCH_INVALID", ["MainForEver", "MainOfGarbage"]),
  ...each("ALERT_FAILED", ["MainOfProxy", "QueryOfNothing"]),
  ...{ QueryOfNonsense: "STORE_SEARCH_FAILED", WritesState: "ALERT_STATE_FOREIGN" },
};

/** An address that begins to answer and never ends. */
const startEndless = async (): Promise<string> => {
  const server = createServer((_, response) => {
    const dripping = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(dripping));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

it("forty hostile alerts take nothing from five good ones", { timeout: 300_000 }, async () => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const alone = await play(GOOD_PACKS, (store, registry) =>
    inProcessHost({
      store,
      services: { log, dns: { reverse: () => Promise.resolve(null) }, fetch },
      tasks: tasksByName(registry),
    }),
  );
  const expected = await resultOf(alone.store);
  expect(expected.slots).toHaveLength(GOOD.length * MINUTES.length);

  const endless = await startEndless();
  const { store } = await play([...GOOD_PACKS, hostilePack], (among) => {
    const host = childHost({
      program: new URL("./hostile-program.ts", import.meta.url),
      args: [among.names.prefix, "", endless],
      execArgv: ["--conditions=@mozdef/source", ...readPermissions()],
      memoryBytes: 350 * MIB,
      blockMs: 1_000,
      log,
      relay: () => (request) => answerRelayed(among.client, request),
    });
    onTestFinished(() => host.close());
    return host;
  });
  expect(await resultOf(store)).toEqual(expected);

  expect(HOSTILE.length).toBeGreaterThanOrEqual(40);
  const { runs } = await listRuns(store, { ticks: 1_000 });
  const codesOf = (name: string) =>
    runs.filter(({ alert }) => alert === name).map(({ errors }) => errors[0]?.code ?? "ok");
  const wrong = HOSTILE.filter((name) => !codesOf(name).includes(OUTCOMES[name] ?? codesOf(name)[0] ?? "it was run"));
  expect(wrong.map((name) => [name, codesOf(name)])).toEqual([]);
  expect(existsSync(WRITTEN)).toBe(false);
  expect((await documentsOf(store, "mozdefstate")).filter(({ _source }) => _source.owner === "hostile")).toEqual([]);
  const events = await documentsOf(store, "events");
  expect(events.every(({ _source }) => _source.summary !== "changed" && _source.summary !== "hostile")).toBe(true);
  expect(log.error.mock.calls.length + log.info.mock.calls.length).toBeLessThan(6_000);
});
