import { definePack, interval } from "@mozdef/alert";
import {
  createException,
  createExceptions,
  createRegistry,
  endException,
  followOthers,
  type ExceptionRequest,
  inProcessHost,
  listExceptions,
  previewException,
  runHosted,
  taskRefAt,
  tasksByName,
  clausesOf,
} from "@mozdef/alert-engine";
import { type AlertStore, saveEvents, writeState } from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { EachLogin, login, options } from "./alerts.ts";
import { cloningHost } from "./cloning-host.ts";
import { NOW, openStore } from "./open-store.ts";

const pack = definePack({ alerts: { EachLogin: { task: EachLogin, schedule: interval({ minutes: 1 }) } } });

const scanner: ExceptionRequest = {
  alert: "EachLogin",
  match: { hostname: ["scanner", "scanner2"] },
  reason: "it logs in all the time",
  until: null,
  by: "ann",
};
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

const site = async () => {
  const store = await openStore();
  const registry = await createRegistry([{ source: "pack", pack }], {
    EachLogin: { exceptions: [{ match: { hostname: "configured" }, reason: "r" }] },
  });
  const [alert] = registry.alerts;
  if (alert === undefined) throw new Error("There is no alert.");
  const host = cloningHost(inProcessHost({ store, services: options(), tasks: tasksByName(registry) }));
  const exceptions = createExceptions(store);
  /** What a run at a time alerts on; nothing is stored of it. */
  const alertsAt = async (now: Date): Promise<readonly string[] | undefined> => {
    await exceptions.refresh(now);
    const task = taskRefAt(alert, now, exceptions);
    const [result] = await runHosted(store, host, [task], { ...options(), now, dryRun: true });
    return result?.alerts.map(({ _source }) => _source.summary).toSorted();
  };
  const preview = (request: ExceptionRequest, now = NOW) =>
    previewException({
      ...{ store, host, wanted: clausesOf(request) },
      task: taskRefAt(alert, now, exceptions),
      scope: { now, timeoutMs: 5_000 },
    });
  return { store, exceptions, alertsAt, preview };
};

const saveLogins = (store: AlertStore, ...hosts: readonly string[]) =>
  saveEvents(
    store,
    hosts.map((host) => login(host)),
    { now: NOW, refresh: true },
  );

describe("an exception that people make", () => {
  it("takes its events out beside those of the configuration, from the next slot on until it is ended", async () => {
    const { store, alertsAt } = await site();
    await saveLogins(store, "scanner", "scanner2", "configured", "other");
    expect(await alertsAt(NOW)).toEqual(["login on other", "login on scanner", "login on scanner2"]);
    const { id } = await createException(store, scanner, NOW);
    expect(await alertsAt(NOW)).toEqual(["login on other"]);
    const ended = await endException(store, { alert: "EachLogin", id }, "bob", later(60_000));
    expect(ended).toMatchObject({ until: later(60_000), endedBy: "bob", endedAt: later(60_000), by: "ann" });
    expect(await alertsAt(later(60_000))).toEqual(["login on other", "login on scanner", "login on scanner2"]);
    expect(await alertsAt(NOW)).toEqual(["login on other"]);
  });

  it("is over by itself at its end, and is listed for a year", async () => {
    const { store, alertsAt } = await site();
    await saveLogins(store, "scanner");
    await createException(store, { ...scanner, until: later(60_000) }, NOW);
    expect(await alertsAt(later(59_999))).toEqual([]);
    expect(await alertsAt(later(60_000))).toEqual(["login on scanner"]);
    expect(await listExceptions(store, later(300 * 86_400_000))).toHaveLength(1);
    expect(await listExceptions(store, later(367 * 86_400_000))).toEqual([]);
  });

  it("concerns no other alert, and one that cannot be read leaves nothing out", async () => {
    const { store, alertsAt } = await site();
    await saveLogins(store, "scanner");
    await createException(store, { ...scanner, alert: "AnotherAlert" }, NOW);
    const broken = { type: "exception", name: "x", alert: "EachLogin", reason: "r", by: "b", createdat: NOW };
    await writeState(store, "exception-x", { ...broken, match: "{}" });
    await writeState(store, "exception-y", { ...broken, name: "y", match: "no JSON" });
    expect(await alertsAt(NOW)).toEqual(["login on scanner"]);
  });

  it("is ended by whoever has seen it as it is, and once", async () => {
    const { store } = await site();
    const made = await createException(store, scanner, NOW);
    const at = { alert: "EachLogin", id: made.id };
    const isOther = (version: string): boolean => version !== made.version;
    await expect(endException(store, at, "bob", NOW, isOther)).rejects.toMatchObject({
      code: "STORE_PRECONDITION_FAILED",
    });
    await expect(endException(store, { ...at, alert: "AnotherAlert" }, "bob", NOW)).rejects.toMatchObject({
      code: "EXCEPTION_NOT_FOUND",
    });
    await expect(endException(store, { ...at, id: "none" }, "bob", NOW)).rejects.toMatchObject({
      code: "EXCEPTION_NOT_FOUND",
    });
    const first = await endException(store, at, "bob", later(1_000));
    expect(await endException(store, at, "eve", later(2_000))).toEqual(first);
  });

  it.each([
    ["match", { match: {} }],
    ["match", { match: { hostname: [] } }],
    ["reason", { reason: " " }],
    ["until", { until: NOW }],
  ])("is refused with a wrong %s", async (key, change) => {
    const { store } = await site();
    const made = createException(store, { ...scanner, ...change }, NOW);
    await expect(made).rejects.toMatchObject({ code: "EXCEPTION_INVALID", message: expect.stringContaining(key) });
    expect(await listExceptions(store, NOW)).toEqual([]);
  });

  it("is refused when all of an alert would be too many for a query", async () => {
    const { store } = await site();
    const values = (count: number) => ({ hostname: Array.from({ length: count }, (_, index) => `h${index}`) });
    const { id } = await createException(store, { ...scanner, match: values(499) }, NOW);
    await createException(store, { ...scanner, alert: "AnotherAlert", match: values(499) }, NOW);
    await expect(createException(store, scanner, NOW)).rejects.toThrow("Expected: at most 500 values");
    await endException(store, { alert: "EachLogin", id }, "bob", NOW);
    await expect(createException(store, scanner, NOW)).resolves.toMatchObject({ alert: "EachLogin" });
  });
});

describe("the preview of an exception", () => {
  it("counts the events of the last day that it would leave out beside those that are left out anyway", async () => {
    const { store, preview } = await site();
    const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000).toISOString();
    const old = { utctimestamp: ago(20), receivedtimestamp: ago(20) };
    const older = { utctimestamp: ago(30), receivedtimestamp: ago(30) };
    const events = [login("scanner"), login("scanner", old), login("scanner", older), login("configured"), login("x")];
    await saveEvents(store, events, { now: NOW, refresh: true });
    expect(await preview(scanner)).toEqual({
      searches: [{ name: "EachLogin", looked: 3, leftOut: 2 }],
      moreSearches: 0,
      errors: [],
    });
  });

  it.each([true, false])(
    "refuses values with which the alert could not search, be there events or not",
    async (isFilled) => {
      const { store, preview } = await site();
      if (isFilled) await saveLogins(store, "x");
      const wrong = { ...scanner, match: { "details.sourceipaddress": "not an address" } };
      await expect(preview(wrong)).rejects.toMatchObject({ code: "EXCEPTION_INVALID" });
    },
  );
});

it("is known to every runner within five seconds", async () => {
  const { store, exceptions } = await site();
  const nothing = () => Promise.resolve();
  const follow = followOthers({ follow: nothing, runAsked: nothing }, exceptions);
  await follow(NOW);
  const { id } = await createException(store, scanner, NOW);
  await follow(later(4_999));
  expect(exceptions.of("EachLogin", NOW)).toEqual([]);
  await follow(later(5_000));
  expect(exceptions.of("EachLogin", NOW)).toEqual([clausesOf(scanner)]);
  await endException(store, { alert: "EachLogin", id }, "bob", later(6_000));
  await follow(later(10_000));
  expect(exceptions.of("EachLogin", later(10_000))).toEqual([]);
});
