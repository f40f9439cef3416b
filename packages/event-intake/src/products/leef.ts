import { type JsonObject, present, textOf } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { readAddress } from "../values/read-address.ts";
import { readTime } from "../values/read-time.ts";

const HEADER = /^LEEF:([12])(?:\.\d)?\|([^|]{0,255})\|([^|]{0,255})\|([^|]{0,255})\|([^|]{0,255})\|/;

/** The separator of LEEF 2.0: a sign, or its number as `x09` or `0x09`. */
const SEPARATOR = /^(?:(?:0?x([\da-fA-F]{2,4}))|([^|]?))\|/;

/** IBM's Log Event Extended Format. Every key stays below `details`, in small letters. @see https://www.ibm.com/docs/en/dsm?topic=overview-leef-event-components */
export const leef: Parser = {
  name: "leef",
  recognise: ({ text }) => HEADER.test(text.trimStart()),
  parse: ({ text, receivedAt }) => {
    const header = HEADER.exec(text.trim());
    if (header === null) return null;
    const [start, version, devicevendor, deviceproduct, deviceversion, summary] = header;
    const pairs = readPairs(text.trim().slice(start.length), version === "2");
    const time = pairs.get("devTime")?.replace(/(?:GMT|UTC)(?=[+-]\d)/, "");
    return {
      utctimestamp: readTime(time, { receivedAt }) === null ? undefined : time,
      hostname: textOf(pairs.get("dvchost")) ?? textOf(pairs.get("identHostName")),
      summary: textOf(summary),
      details: {
        ...Object.fromEntries([...pairs].map(([key, value]) => [key.toLowerCase(), value])),
        ...present({ devicevendor, deviceproduct, deviceversion, ...known(pairs) }),
      },
    };
  },
};

const readPairs = (text: string, mayNameSeparator: boolean): ReadonlyMap<string, string> => {
  const found = mayNameSeparator ? SEPARATOR.exec(text) : null;
  const [start = "", code, sign = "\t"] = found ?? [];
  const separator = code === undefined ? sign : String.fromCharCode(Number.parseInt(code, 16));
  const parts = text.slice(start.length).split(separator === "" ? "\t" : separator);
  return new Map(
    parts.flatMap((part) => {
      const at = part.indexOf("=");
      return at < 1 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1)] as const];
    }),
  );
};

const known = (pairs: ReadonlyMap<string, string>): JsonObject => ({
  sourceipaddress: readAddress(pairs.get("src"))?.address,
  destinationipaddress: readAddress(pairs.get("dst"))?.address,
  sourceport: pairs.get("srcPort"),
  destinationport: pairs.get("dstPort"),
  username: pairs.get("usrName"),
});
