import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { asDataError } from "./files/data-error.ts";
import { file } from "./options/file-option.ts";
import { readOptions } from "./options/read-options.ts";
import { paths, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { candidatesIn } from "./threat/candidates.ts";
import type { ListFormat } from "./threat/entries.ts";
import { FileList } from "./threat/file-list.ts";
import type { IndicatorKind, Indicators } from "./threat/indicators.ts";
import type { ListSource } from "./threat/list-source.ts";
import { UrlList } from "./threat/url-list.ts";
import { brief, withDetails, withNote, withSaid } from "./values/add-to-alert.ts";
import { firstOf } from "./values/addresses-of.ts";

const MIB = 1_024 * 1_024;

const list = z
  .strictObject({
    file: file.optional(),
    url: z.url({ protocol: /^https?$/, error: "expected an address with http: or https:" }).optional(),
    format: z.enum(["lines", "csv", "json"]).default("lines"),
    column: z.union([z.string().min(1), z.number().int().min(1)]).optional(),
    items: z.string().min(1).optional(),
    key: z.string().min(1).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    refreshMs: z.number().int().min(1_000).optional(),
    requestMs: z.number().int().min(1).max(600_000).optional(),
    maxEntries: z.number().int().min(1).max(10_000_000).default(1_000_000),
    maxBytes: z
      .number()
      .int()
      .min(1)
      .max(256 * MIB)
      .default(64 * MIB),
  })
  .check(({ value, issues }) => {
    const wrong = (key: keyof typeof value, message: string) =>
      issues.push({ code: "custom", input: value[key], path: [key], message });
    if ((value.file === undefined) === (value.url === undefined)) wrong("file", "expected either file or url");
    if ((value.format === "csv") !== (value.column !== undefined))
      wrong("column", 'expected the name or the number of a column for format "csv", and for no other');
    for (const key of ["items", "key"] as const)
      if (value[key] !== undefined && value.format !== "json") wrong(key, 'expected for format "json" only');
    for (const key of ["headers", "refreshMs", "requestMs"] as const)
      if (value[key] !== undefined && value.url === undefined) wrong(key, "expected with url only");
  });

const schema = z.strictObject({
  lists: z
    .record(z.string().regex(/^[\w.-]{1,63}$/, "expected at most 63 letters, digits, '_', '-' or '.'"), list)
    .refine((lists) => Object.keys(lists).length > 0, "expected at least one list"),
  fields: paths.optional(),
  ...sharedShape,
});

/** A list of addresses, networks, domains and hashes. */
export interface ThreatListEntry {
  /** Read again when it changes. Either `file` or `url`. */
  readonly file?: string | URL;
  /** An address with http: or https:, public or under `outbound.allow` of the configuration. */
  readonly url?: string;
  /** `lines`: one entry a line, `#` and `;` begin comments. Default `lines`. */
  readonly format?: "lines" | "csv" | "json";
  /** For `csv`: the name of the column in the first line, or its number, from 1, for a file without one. */
  readonly column?: string | number;
  /** For `json`: the path of the list in the document. Default: the document is the list. */
  readonly items?: string;
  /** For `json`: the path of the entry in each item. Default: items are texts. */
  readonly key?: string;
  /** Of each request, e.g. with a key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds between two requests; after a failure at most a minute. Default 15 minutes. */
  readonly refreshMs?: number;
  /** Longest time for one request with its answer, in milliseconds. Default 30,000. */
  readonly requestMs?: number;
  /** A list with more entries is refused as a whole. Default 1,000,000. */
  readonly maxEntries?: number;
  /** A list of more bytes is refused as a whole. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** The options of {@link threatList}. */
export interface ThreatListOptions extends SharedOptions {
  /** By a name of your own, which alerts show. */
  readonly lists: Readonly<Record<string, ThreatListEntry>>;
  /** Paths in the alert and its events that are looked at. Default: all of it. */
  readonly fields?: readonly string[];
}

/**
 * Says which addresses, domains and hashes in an alert are on lists: `details.threats`, each with `list`, `kind` (`address`, `domain`, `hash`),
 * `value` (as the alert has it) and `entry` (as the list has it: a network around it, a domain above it), and in the summary.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * threatList({ lists: { own: { file: "/etc/mozdef/bad.txt" }, feed: { url: "https://feed.example.org/ips.csv", format: "csv", column: "ip" } } });
 */
export const threatList = (options: ThreatListOptions): AlertPlugin => {
  const read = readOptions("threatList", schema, options);
  const sources = Object.entries(read.lists).map(([name, entry]) => sourceOf(name, entry));
  const longestMs = Math.max(...Object.values(read.lists).map(({ requestMs = REQUEST_MS }) => requestMs));
  return definePlugin({
    ...sharedPart(read, { name: "threat_list", registration: "*", timeoutMs: Math.min(longestMs + 5_000, 600_000) }),
    prepare: async ({ fetch, log }) => {
      const services = { fetch, log, report: (problem: string) => log.error(problem) };
      await Promise.all(sources.map((source) => source.prepare(services)));
    },
    onMessage: (alert, context) => enriched(alert, read.fields, sources, context),
  });
};

const [REFRESH_MS, REQUEST_MS] = [900_000, 30_000];

const sourceOf = (name: string, entry: z.output<typeof list>): ListSource => {
  const { maxEntries, maxBytes } = entry;
  const shared = { name, format: formatOf(entry), bounds: { maxEntries, maxBytes } };
  if (entry.url === undefined) return new FileList({ ...shared, file: entry.file ?? "" });
  const { url, headers = {}, refreshMs = REFRESH_MS, requestMs = REQUEST_MS } = entry;
  return new UrlList({ ...shared, url, headers, refreshMs, requestMs });
};

const formatOf = ({ format, column = 1, items, key }: z.output<typeof list>): ListFormat => {
  if (format === "csv") return { format, column };
  return format === "json" ? { format, items, key } : { format };
};

interface Threat {
  readonly list: string;
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly entry: string;
}

/** Of the threats as many are in the details, and of each list in the summary. */
const [MOST, MOST_SAID] = [100, 5];

const enriched = async (
  alert: AlertDocument,
  fields: readonly string[] | undefined,
  sources: readonly ListSource[],
  context: AlertContext,
): Promise<AlertDocument> => {
  const loaded = await Promise.all(sources.map((source) => loadedOf(source, context)));
  const { candidates, more } = candidatesIn(alert, fields);
  const threats = loaded.flatMap(({ name, indicators }) =>
    candidates.flatMap(({ value, find }): Threat[] => {
      const indicator = indicators === null ? null : find(indicators);
      return indicator === null ? [] : [{ list: name, value, ...indicator }];
    }),
  );
  const { taken, note } = firstOf(threats, MOST, "threat_list added");
  const notes = [
    ...loaded.flatMap(({ failure }) => (failure === null ? [] : [`threat_list: ${failure}`])),
    ...(more > 0 ? [`threat_list: ${more} addresses, domains and hashes were not looked up`] : []),
    ...(note === null ? [] : [note]),
  ];
  const noted = notes.reduce(withNote, alert);
  return threats.length === 0 ? noted : withSaid(withDetails(noted, { threats: taken }), ...saidOf(threats));
};

/** A list that was never read is the failure of that list: the others are looked at. */
const loadedOf = async (
  source: ListSource,
  context: AlertContext,
): Promise<{ readonly name: string; readonly indicators: Indicators | null; readonly failure: string | null }> => {
  const { name } = source;
  try {
    return { name, indicators: await source.current(context), failure: null };
  } catch (thrown) {
    return { name, indicators: null, failure: asDataError(`threat list ${name}`, thrown).message.slice(0, 500) };
  }
};

const saidOf = (threats: readonly Threat[]): readonly string[] =>
  [...new Set(threats.map(({ list }) => list))].map((list) => {
    const values = [...new Set(threats.filter((threat) => threat.list === list).map(({ value }) => brief(value)))];
    const more = values.length - MOST_SAID;
    return `On threat list ${list}: ${values.slice(0, MOST_SAID).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  });
