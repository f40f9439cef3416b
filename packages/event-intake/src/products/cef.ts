import { type JsonObject, present, textOf } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readExtension, splitBars, unescapeCef } from "../lines/extension.ts";
import { readAddress } from "../values/read-address.ts";
import { readTime } from "../values/read-time.ts";

const START = /^CEF:\d{1,2}\|/;

/** MozDef's names for keys of CEF, the better key first. */
const NAMES: readonly (readonly [field: string, ...keys: readonly string[]])[] = [
  ["sourceipaddress", "src", "c6a2"],
  ["destinationipaddress", "dst", "c6a3"],
  ["sourceport", "spt"],
  ["destinationport", "dpt"],
  ["username", "suser", "duser"],
  ["action", "act"],
  ["method", "requestMethod"],
  ["user_agent", "requestClientApplication"],
];

/** When it happened; which of them a product sends differs. */
const TIMES = ["rt", "start", "end"];

/**
 * ArcSight's Common Event Format, alone or in a message of syslog. Every key stays below `details`, in small letters.
 *
 * @see https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors/ "Implementing ArcSight Common Event Format"
 */
export const cef: Parser = {
  name: "cef",
  recognise: ({ text }) => START.test(text.trimStart()),
  parse: ({ text, receivedAt }) => {
    const parts = splitBars(text.trim(), 7);
    if (parts === null) return null;
    const [, devicevendor, deviceproduct, deviceversion, deviceeventclassid, summary, severity] =
      parts.map(unescapeCef);
    const pairs = readExtension(parts[7] ?? "");
    return {
      utctimestamp: TIMES.map((key) => pairs.get(key)).find((time) => readTime(time, { receivedAt }) !== null),
      hostname: textOf(pairs.get("dvchost")),
      summary: summary === "" ? text.trim() : summary,
      details: {
        ...lowerCase(pairs),
        ...present({ devicevendor, deviceproduct, deviceversion, deviceeventclassid, severity }),
        ...known(pairs),
      },
    };
  },
};

const lowerCase = (pairs: ReadonlyMap<string, string>): JsonObject =>
  Object.fromEntries([...pairs].map(([key, value]) => [key.toLowerCase(), value]));

const known = (pairs: ReadonlyMap<string, string>): JsonObject => {
  const fields = NAMES.map(([field, ...keys]) => {
    const values = keys.map((key) => pairs.get(key)).filter((value) => value !== undefined && value !== "");
    return [field, field.endsWith("address") ? addressOf(values) : values[0]] as const;
  });
  return present({ ...Object.fromEntries(fields), success: successOf(pairs.get("outcome")) });
};

const addressOf = (values: readonly (string | undefined)[]): string | undefined =>
  values.flatMap((value) => readAddress(value)?.address ?? [])[0];

const successOf = (outcome: string | undefined): boolean | undefined => {
  if (outcome === undefined) return undefined;
  const word = outcome.toLowerCase();
  return word.startsWith("succe") ? true : word.startsWith("fail") ? false : undefined;
};
