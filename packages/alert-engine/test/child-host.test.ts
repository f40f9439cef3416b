import {
  childHost,
  type HostProcessOptions,
  inProcessHost,
  placeInCode,
  pooledHost,
  readPermissions,
  recordOf,
  type RunDocument,
  runHosted,
  type AlertHost,
} from "@mozdef/alert-engine";
import { createTask } from "@mozdef/alert/runtime";
import { answerRelayed, type AlertStore, saveEvents } from "@mozdef/alert-store";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { EachLogin, login, ManyLogins, NoHeartbeat, options } from "./alerts.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

const PROGRAM = new URL("./child-program.ts", import.meta.url);
const MIB = 1_024 * 1_024;

const hostOf = (store: AlertStore, changes: Partial<HostProcessOptions> = {}) => {
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const host = childHost({
    program: PROGRAM,
    args: ["", store.names.prefix],
    execArgv: ["--conditions=@mozdef/source"],
    memoryBytes: 400 * MIB,
    blockMs: 1_500,
    log,
    relay: () => (request) => answerRelayed(store.client, request),
    ...changes,
  });
  onTestFinished(() => host.close());
  return { host, log };
};

const refs = (...names: readonly string[]) => names.map((name) => ({ id: name, name }));
const save = (store: AlertStore, ...events: readonly object[]) => {
  let id = 0;
  return saveEvents(store, events, { now: NOW, refresh: true, nextId: () => `event-${++id}` });
};
const logins = [login("a"), login("a"), login("a"), login("bad")];

describe("alerts in several processes", { timeout: 60_000 }, () => {
  it("make the same as in one, in the same order; one that takes its process along leaves the others alone", async () => {
    const store = await openStore();
    await save(store, ...logins, { ...login("b"), category: "exit" });
    const hosts = [hostOf(store).host, hostOf(store).host] as const;
    const ends: string[] = [];
    const pool = pooledHost(hosts);
    const names = ["EachLogin", "ManyLogins", "NoHeartbeat", "Exits"];
    const results = await runHosted(store, pool, refs(...names), options());
    for (const { task, errors } of results) if (errors[0]?.code === "ALERT_KILLED") ends.push(task);
    expect(results.map(({ task, alerts }) => [task, alerts.length])).toEqual([
      ["EachLogin", 4],
      ["ManyLogins", 1],
      ["NoHeartbeat", 1],
      ["Exits", 0],
    ]);
    expect(ends).toEqual(["Exits"]);
    expect(pool.suspended().map(({ name }) => name)).toEqual(["Exits"]);
    expect(hosts.filter((host) => host.suspended().length > 0)).toHaveLength(1);
    pool.release("Exits");
    expect(pool.suspended()).toEqual([]);
    expect(pool.residentBytes).toBeGreaterThan(0);
  });
});

describe("alerts in a process of their own", { timeout: 60_000 }, () => {
  it("make the same alerts and errors as in this one", async () => {
    const names = ["EachLogin", "ManyLogins", "NoHeartbeat"];
    const tasks = new Map(
      Object.entries({ EachLogin, ManyLogins, NoHeartbeat }).map(([name, task]) => [name, createTask(task)]),
    );
    const runIn = async (hostIn: (store: AlertStore) => AlertHost) => {
      const store = await openStore();
      await save(store, ...logins);
      const results = await runHosted(store, hostIn(store), refs(...names), options());
      return results.map(({ task, health, hits, alerts, errors }) => {
        const failures = errors.map(({ name, code, message, cause }) => [name, code, message, cause]);
        return { task, health, hits, alerts, failures };
      });
    };
    const direct = await runIn((store) => inProcessHost({ store, services: options(), tasks }));
    expect(await runIn((store) => hostOf(store).host)).toEqual(direct);
    expect(direct.map(({ alerts, failures }) => [alerts.length, failures.length])).toEqual([
      [3, 1],
      [1, 0],
      [1, 0],
    ]);
  });

  it("reach the store, their state and the log through their context", async () => {
    const store = await openStore();
    await save(store, login("a"));
    const { host, log } = hostOf(store);
    const [run] = await runHosted(store, host, refs("Curious"), options());
    expect(run?.alerts[0]?._source.details).toEqual({
      ...{ kept: { total: 1, at: NOW.toISOString() }, total: 1, counted: 1, now: NOW.toISOString() },
    });
    expect(run?.errors).toMatchObject([{ code: "ALERT_REPORTED", message: "Curious: a report" }]);
    expect(await documentsOf(store, "localities")).toMatchObject([{ _id: "main", _source: { total: 1 } }]);
    expect(log.info).toHaveBeenCalledExactlyOnceWith("a hook ran", { host: "a" });
  });

  it.each([
    ["Loops", "loop", "it blocked its process for more than 1500 ms"],
    ["Exits", "exit", "it ended its process (exit code 0)"],
    ["Kills", "kill", "its process was ended by SIGKILL"],
    ["Hoards", "memory", "its process took more than 400 MiB of memory"],
    ["Throws", "timer", "it ended its process (exit code 1)"],
  ])(
    "%s: what takes the process along is the failure of that alert, and others miss nothing",
    async (name, category, reason) => {
      const store = await openStore();
      await save(store, ...logins, { ...login("c"), category });
      // What takes memory does nothing else meanwhile: on a slow machine it must not be ended for that.
      const { host } = hostOf(store, name === "Hoards" ? { blockMs: 30_000 } : {});
      const all = refs("EachLogin", name, "ManyLogins");
      const [each, hostile, many] = await runHosted(store, host, all, options());
      expect(each).toMatchObject({ hits: 5, alerts: { length: 4 }, errors: [{ code: "ALERT_HOOK_FAILED" }] });
      expect(many).toMatchObject({ health: "ok", alerts: { length: 1 } });
      expect(hostile).toMatchObject({ health: "error", alerts: [], error: { code: "ALERT_KILLED" } });
      expect(hostile?.error?.message).toBe(
        `${name} was ended: ${reason}. It is not run for 60 seconds; other alerts go on.`,
      );
      expect(host.suspended()).toMatchObject([{ name, strikes: 1, reason }]);
      const [, again] = await runHosted(store, host, all, options());
      expect(again).toMatchObject({ health: "error", error: { code: "ALERT_SUSPENDED" } });
      host.release(name);
      expect(host.suspended()).toEqual([]);
    },
  );

  it("may only read, where nothing else is allowed", async () => {
    const store = await openStore();
    const hostile = { Writes: "write", Starts: "start", Threads: "thread" };
    await save(store, login("a"), ...Object.values(hostile).map((category) => ({ ...login("b"), category })));
    const { host } = hostOf(store, { execArgv: ["--conditions=@mozdef/source", ...readPermissions()] });
    const names = Object.keys(hostile);
    const [curious, ...refused] = await runHosted(store, host, refs("Curious", ...names), options());
    expect(curious?.alerts).toHaveLength(4);
    expect(refused.map(({ error }) => [error?.code, error?.message.includes("Access to this API")])).toEqual(
      names.map(() => ["ALERT_HOOK_FAILED", true]),
    );
    expect(host.suspended()).toEqual([]);
  });

  it("say where in their code they failed, also from another process", async () => {
    const store = await openStore();
    await save(store, { ...login("a"), category: "bug" });
    const [failed] = await runHosted(store, hostOf(store).host, refs("Fails"), options());
    expect(placeInCode(failed?.error)).toMatch(/^@mozdef\/alert-engine\/test\/child-program\.ts:\d+:\d+$/);
    const record = recordOf(failed === undefined ? [] : [failed]) as unknown as Pick<RunDocument, "notable">;
    expect(record.notable[0]?.errors).toEqual([
      {
        code: "ALERT_HOOK_FAILED",
        message: expect.stringContaining("reading 'name'"),
        place: expect.stringContaining("child-program.ts:"),
      },
    ]);
  });

  it.each([
    ["that is started then", false],
    ["that has waited for it", true],
  ])(
    "are run by a new process %s once their code has changed, by the one before as long as it has not",
    async (_, hasSpare) => {
      const store = await openStore();
      await save(store, ...logins);
      const folder = mkdtempSync(join(tmpdir(), "mozdef-renewed-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const version = join(folder, "version");
      const write = (text: string) => writeFileSync(version, text);
      write("1");
      const { host, log } = hostOf(store, { args: ["", store.names.prefix, version], hasSpare });
      const said = async () => {
        await runHosted(store, host, refs("Versioned"), options());
        return log.info.mock.calls.splice(0).map(([message]) => message as unknown);
      };
      expect(await said()).toEqual(["version 1"]);

      write("broken");
      await expect(host.renew()).rejects.toMatchObject({ code: "HOST_FAILED" });
      expect(await said()).toEqual(["version 1"]);

      write("2");
      const dropped = await host.renew();
      dropped.drop();
      expect(await said()).toEqual(["version 1"]);

      const renewal = await host.renew();
      const underway = said();
      renewal.use();
      // What was asked before is answered by whoever was asked.
      await underway;
      log.info.mockClear();
      expect(await said()).toEqual(["version 2"]);
      expect(host.suspended()).toEqual([]);
    },
  );

  it("cannot hand on what is not data: that is their own failure", async () => {
    const store = await openStore();
    await save(store, login("a"));
    const [hands, each] = await runHosted(store, hostOf(store).host, refs("HandsOver", "EachLogin"), options());
    expect(hands).toMatchObject({ health: "error", error: { code: "ALERT_SEARCH_INVALID" } });
    expect(each).toMatchObject({ health: "ok", alerts: [{}] });
  });

  it.each(["log", "results", "kind", "bytes", "forged"])(
    "can say what nobody understands (%s), which harms nobody",
    async (what) => {
      const store = await openStore();
      const { host } = hostOf(store, { program: new URL("./child-babbling.ts", import.meta.url), args: [what] });
      const [run] = await runHosted(store, host, refs("Any"), options());
      expect(run?.error).toMatchObject({ code: "ALERT_KILLED" });
    },
  );

  it("that cannot be loaded fail as a whole, to be run later", async () => {
    const store = await openStore();
    const { host } = hostOf(store, { args: ["broken"] });
    await expect(runHosted(store, host, refs("EachLogin"), options())).rejects.toMatchObject({
      code: "HOST_FAILED",
      message: "The process that runs the alerts cannot be started: there is no such pack",
    });
  });
});
