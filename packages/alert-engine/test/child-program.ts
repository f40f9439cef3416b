// The alerts of child-host.test.ts, in the process that runs them.
import { type AlertContext, AlertTask, eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { inProcessHost, serveHost } from "@mozdef/alert-engine";
import { createAlertStore, relayedClient } from "@mozdef/alert-store";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { EachLogin, ManyLogins, NoHeartbeat } from "./alerts.ts";

const logins = SearchQuery({ minutes: 10 }).must(PhraseMatch("summary", "login"));
const draft = { category: "c", tags: ["t"], severity: "NOTICE" };

/** Uses everything that a context has. */
class Curious extends AlertTask {
  async main(context: AlertContext) {
    const { state, now } = context;
    const { total } = await context.search(logins, { size: 1 });
    state.put("localities", "main", { total, at: now.toISOString() });
    return eachEvent(logins, { data: { total, counted: await context.count(logins) } });
  }
  async onEvent(event: Hit, { state, data, log, report, now }: HookContext<{ total: number; counted: number }>) {
    const kept = await state.get("localities", "main");
    log.info("a hook ran", { host: event._source.hostname });
    report("a report");
    const details = { kept, ...data, now: now.toISOString(), ignored: () => 1, none: undefined };
    return { ...draft, summary: `login on ${String(event._source.hostname)}`, details };
  }
}

/** Does something that no alert should, once there is an event of its category. */
const hostile = (category: string, act: () => unknown) =>
  class extends AlertTask {
    main() {
      return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("category", category)));
    }
    async onEvent(): Promise<null> {
      await act();
      return null;
    }
  };

const buffers: Buffer[] = [];
const CLASSES: Readonly<Record<string, Parameters<typeof createTask>[0]>> = {
  ...{ EachLogin, ManyLogins, NoHeartbeat, Curious },
  Loops: hostile("loop", () => {
    for (;;);
  }),
  Exits: hostile("exit", () => process.exit(0)),
  Kills: hostile("kill", () => process.kill(process.pid, "SIGKILL")),
  Hoards: hostile("memory", () => {
    for (;;) buffers.push(Buffer.alloc(16_000_000, 1));
  }),
  Throws: hostile("timer", async () => {
    setTimeout(() => {
      throw new Error("nobody catches this");
    }, 0);
    await new Promise((resolve) => setTimeout(resolve, 30_000));
  }),
  Fails: hostile("bug", () => (undefined as unknown as { name: string }).name),
  Versioned: class extends AlertTask {
    main({ log }: AlertContext) {
      log.info(`version ${version}`);
      return [];
    }
  },
  Writes: hostile("write", () => writeFileSync(join(tmpdir(), "written-by-an-alert"), "")),
  Starts: hostile("start", () => execFileSync("true")),
  Threads: hostile("thread", () => new Worker("", { eval: true })),
  HandsOver: class extends AlertTask {
    main() {
      return eachEvent(logins, { data: { act: () => 1 } });
    }
    onEvent() {
      return null;
    }
  },
};

/** What the file holds that is named by the fourth argument, when the alerts are loaded. */
let version = "";

serveHost(({ relay, log }) => {
  version = process.argv[4] === undefined ? "" : readFileSync(process.argv[4], "utf8");
  if (version === "broken") return Promise.reject(new Error("it does not compile"));
  if (process.argv[2] === "broken") return Promise.reject(new Error("there is no such pack"));
  const tasks = new Map(Object.entries(CLASSES).map(([name, task]) => [name, createTask(task)]));
  const store = createAlertStore({ client: relayedClient(relay(null)), prefix: process.argv[3] ?? "" });
  const services = { log, fetch, dns: { reverse: () => Promise.resolve(null) } };
  return Promise.resolve({ host: inProcessHost({ store, services, tasks }), reload: () => Promise.resolve() });
});
