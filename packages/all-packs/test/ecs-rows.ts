import { type AlertContext, ecsSource, messageOf } from "@mozdef/alert";
import { createTask, foundEvents, planSearch, type SourceOptions } from "@mozdef/alert/runtime";
import { packs } from "./packs.ts";

const silent = () => undefined;
/** Failed logins of many users from one source, and of one user from many: alerts that look for suspects first find some. */
const failures = Array.from({ length: 40 }, (_, at) => ({
  _index: "logs-1",
  _id: String(at),
  _source: {
    summary: `Failed password for ${at % 2 === 0 ? "root" : `user${at}`} from 192.0.2.${at % 2 === 0 ? at : 7} port 22 ssh2`,
  },
}));
const context: AlertContext = {
  now: new Date("2026-01-01T00:00:00Z"),
  log: { debug: silent, info: silent, warn: silent, error: silent },
  report: silent,
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error("no network in tests")),
  dns: { reverse: () => Promise.resolve(null) },
  search: () => Promise.resolve(foundEvents(failures, failures.length)),
  count: () => Promise.resolve([]) as never,
  state: { get: () => Promise.resolve(null), find: () => Promise.resolve([]), put: silent },
};

const UNNAMED = /have no name for (\S+)\. Expected/;
/** Fields of which ECS may have no value that an alert asks for: a source of one product says them. */
const VALUED = ["category", "details.success"];

/** What a source in ECS has to name before an alert can be planned over it: rows of the table in docs/sources.md. */
export const ecsRows = async (): Promise<readonly string[]> => {
  const rows: string[] = [];
  for (const [pack, { alerts }] of Object.entries(packs))
    for (const name of Object.keys(alerts)) {
      const wanted = await wantedBy(pack, name);
      if (wanted.length > 0) rows.push(`| ${name} | ${wanted.map((field) => `\`${field}\``).join(", ")} |`);
    }
  return rows;
};

/** What `names` has to say before an alert can be planned over ECS: a field for a name, or the values that are asked for. */
const wantedBy = async (pack: string, name: string): Promise<readonly string[]> => {
  const entry = packs[pack]?.alerts[name];
  if (entry === undefined) throw new Error(`no alert ${name}`);
  const names: Record<string, NonNullable<SourceOptions["names"]>[string]> = {};
  for (;;)
    try {
      const main: unknown = await createTask(entry.task, entry.config).main(context);
      const source = ecsSource({ indices: ["logs-*"], names });
      for (const search of [main].flat())
        planSearch(name, search as Parameters<typeof planSearch>[1], { sources: { source }, source: "source" });
      return Object.keys(names).sort();
    } catch (cause) {
      const message = messageOf(cause);
      const [, field = VALUED.find((one) => !(one in names) && message.includes(`"${one}"`))] =
        UNNAMED.exec(message) ?? [];
      if (field === undefined || field in names) throw cause;
      names[field] = `own.${field}`;
    }
};
