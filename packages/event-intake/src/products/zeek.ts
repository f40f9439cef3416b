import type { EventFields } from "../event/event.ts";
import { at, firstText, type JsonObject, present, textAt } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { isConnection, zeekKindOf } from "./zeek-kinds.ts";
import { summaryOf } from "./zeek-summary.ts";

/**
 * Records of Zeek's logs, as JSON or as rows of its tables. The kind is in `_path` when the JSON streaming package wrote it, else it
 * is known by the fields.
 *
 * @see MozDef `mq/plugins/broFixup.py`; Zeek "Zeek Log Formats and Inspection"
 */
export const zeek: Parser = {
  name: "zeek",
  recognise: ({ record }) =>
    record !== undefined && Object.hasOwn(record, "ts") && (zeekKindOf(record) !== undefined || isConnection(record)),
  parse: ({ record = {} }) => {
    const kind = zeekKindOf(record);
    const ends = endsOf(record);
    return {
      category: "bro",
      source: kind,
      type: "nsm",
      eventsource: "nsm",
      severity: "INFO",
      // Shippers that put the names of the record beside their own say so.
      hostname: textAt(record, "host.name"),
      summary: summaryOf(kind, record, ends),
      utctimestamp: record.ts,
      details: present({ ...othersOf(record), ...ends, ...renamedOf(record), indicators: indicatorsOf(kind, record) }),
    };
  },
};

/** Names that come out under another one. */
const RENAMED = new Map([
  ["orig_ip_bytes", "originipbytes"],
  ["resp_ip_bytes", "responseipbytes"],
  ["seen.indicator", "seenindicator"],
  ["seen.indicator_type", "seenindicatortype"],
  ["seen.where", "seenwhere"],
  ["seen.node", "seennode"],
]);

const ENDS =
  /^(?:id[._](?:orig|resp)_[hp]|id|src|dst|_path|orig_ip_bytes|resp_ip_bytes|seen[._](?:indicator|indicator_type|where|node))$/;

const othersOf = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !ENDS.test(name)));

const renamedOf = (record: JsonObject): JsonObject =>
  Object.fromEntries(
    [...RENAMED].map(([name, ours]) => [ours, at(record, name) ?? at(record, name.replace(".", "_"))]),
  );

/** Who spoke with whom. Notices without a connection name them `src` and `dst`. */
const endsOf = (record: JsonObject): EventFields["details"] & object => ({
  sourceipaddress: firstText(record, "id.orig_h", "id_orig_h", "src"),
  sourceport: at(record, "id.orig_p") ?? record.id_orig_p,
  destinationipaddress: firstText(record, "id.resp_h", "id_resp_h", "dst"),
  destinationport: at(record, "id.resp_p") ?? record.id_resp_p,
});

const INDICATOR = /Indicator: ([\da-fA-F.:]{2,45})/g;

/** Addresses that a notice is about: its source, and those that the notice of an indicator names. */
const indicatorsOf = (kind: string | undefined, record: JsonObject): readonly string[] | undefined => {
  const actions = [record.actions].flat();
  if (kind !== "notice" || !actions.includes("Notice::ACTION_LOG")) return undefined;
  const named = (textAt(record, "sub") ?? "").matchAll(INDICATOR);
  return [...new Set([firstText(record, "src"), ...Array.from(named, ([, address]) => address)])].filter(
    (address) => address !== undefined,
  );
};
