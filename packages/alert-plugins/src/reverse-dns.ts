import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { addressFields, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails, withNote } from "./values/add-to-alert.ts";
import { addressesOf, firstOf } from "./values/addresses-of.ts";
import { NameCache } from "./values/name-cache.ts";

const DAY_MS = 86_400_000;

const schema = z.strictObject({
  fields: addressFields,
  limit: z.number().int().min(1).max(200).default(20),
  waitMs: z.number().int().min(1).max(60_000).default(3_000),
  cacheSize: z.number().int().min(1).max(1_000_000).default(10_000),
  ttlMs: z.number().int().min(1).max(DAY_MS).default(3_600_000),
  negativeTtlMs: z.number().int().min(1).max(DAY_MS).default(300_000),
  ...sharedShape,
});

/** The options of {@link reverseDns}. */
export interface ReverseDnsOptions extends SharedOptions {
  /** Paths in the alert and its events at which addresses stand, e.g. `details.sourceipaddress`. Default: anywhere. */
  readonly fields?: readonly string[];
  /** Addresses of an alert that are looked up; the alert says when it has more. Default 20. */
  readonly limit?: number;
  /** Longest time that an alert waits for names, in milliseconds. It goes on with those that are there. Default 3,000. */
  readonly waitMs?: number;
  /** Addresses whose names are kept. Default 10,000. */
  readonly cacheSize?: number;
  /** How long a name is kept, in milliseconds. Default an hour. */
  readonly ttlMs?: number;
  /** How long it is kept that an address has no name, in milliseconds. Default five minutes. */
  readonly negativeTtlMs?: number;
}

/**
 * Adds what the addresses of an alert are called: `details.hostnames`, each with `ip` and `name`. Whoever has an address says what it is called:
 * a name is a hint, and no proof.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * reverseDns({ fields: ["details.sourceipaddress"] });
 */
export const reverseDns = (options: ReverseDnsOptions = {}): AlertPlugin => {
  const read = readOptions("reverseDns", schema, options);
  const { cacheSize: size, ttlMs, negativeTtlMs, waitMs } = read;
  const names = new NameCache({ size, ttlMs, negativeTtlMs });
  return definePlugin({
    ...sharedPart(read, { name: "reverse_dns", registration: "*", timeoutMs: waitMs + 5_000 }),
    onMessage: (alert, context) => enriched(alert, read, names, context),
  });
};

/** An address whose name is not there in time. */
const LATE = Symbol("late");

const enriched = async (
  alert: AlertDocument,
  { fields, limit, waitMs }: z.output<typeof schema>,
  names: NameCache,
  { dns }: AlertContext,
): Promise<AlertDocument> => {
  const { taken, note } = firstOf(addressesOf(alert, fields), limit, "reverse_dns looked up addresses");
  const answers = await inTime(
    taken.map((ip) => names.nameOf(ip, dns)),
    waitMs,
  );
  const hostnames = taken.flatMap((ip, index) => {
    const name = answers[index];
    return typeof name === "string" ? [{ ip, name }] : [];
  });
  const late = answers.filter((name) => name === LATE).length;
  const unanswered =
    late > 0 ? `reverse_dns: no answer within ${waitMs} ms for ${late} of ${taken.length} addresses` : null;
  const named = hostnames.length === 0 ? alert : withDetails(alert, { hostnames });
  return withNote(withNote(named, note), unanswered);
};

/** What is there in time. An answer that comes later is kept for the next alert. */
const inTime = async <T>(work: readonly Promise<T>[], waitMs: number): Promise<readonly (T | typeof LATE)[]> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), waitMs);
  });
  try {
    return await Promise.all(work.map((one) => Promise.race([one, late])));
  } finally {
    clearTimeout(timer);
  }
};
