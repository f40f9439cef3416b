import { at, firstText, isObject, type JsonObject, present, textAt, without } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Names of `http` and of `flow`, and MozDef's for them. */
const HTTP = new Map([
  ["hostname", "host"],
  ["http_method", "method"],
  ["http_user_agent", "user_agent"],
  ["status", "status_code"],
  ["url", "uri"],
  ["redirect", "redirect_dst"],
  ["length", "request_body_len"],
]);

const FLOW = new Map([
  ["bytes_toserver", "originipbytes"],
  ["bytes_toclient", "responseipbytes"],
  ["pkts_toserver", "orig_pkts"],
  ["pkts_toclient", "resp_pkts"],
]);

const MOVED = ["timestamp", "src_ip", "src_port", "dest_ip", "dest_port", "alert", "app_proto", "http", "flow", "host"];

/** Lines of Suricata's eve.json. @see MozDef `mq/plugins/suricataFixup.py`; Suricata "Eve JSON Format" */
export const suricata: Parser = {
  name: "suricata",
  recognise: ({ record }) => {
    if (record === undefined || !Object.hasOwn(record, "timestamp")) return false;
    const type = record.event_type;
    return (
      typeof type === "string" &&
      (Object.hasOwn(record, "flow_id") || (Object.hasOwn(record, type) && isObject(record[type])))
    );
  },
  parse: ({ record = {} }) => ({
    category: "suricata",
    source: "eve-log",
    type: "nsm",
    eventsource: "nsm",
    severity: "INFO",
    summary: summaryOf(record),
    hostname: firstText(record, "host.name", "host"),
    utctimestamp: record.timestamp,
    details: present({
      ...without(record, MOVED),
      ...partOf(record, "http", HTTP),
      ...partOf(record, "flow", FLOW),
      sourceipaddress: record.src_ip,
      sourceport: record.src_port,
      destinationipaddress: record.dest_ip,
      destinationport: record.dest_port,
      suricata_alert: record.alert,
      service: record.app_proto,
    }),
  }),
};

const summaryOf = (record: JsonObject): string => {
  const source = textAt(record, "src_ip");
  if (source === undefined) return `Suricata ${textAt(record, "event_type") ?? "event"}`;
  const from = [source, textAt(record, "src_port")].filter((part) => part !== undefined).join(":");
  const to = [textAt(record, "dest_ip") ?? "unknown", textAt(record, "dest_port")].filter((part) => part !== undefined);
  return `${from} -> ${to.join(":")}`;
};

/** The named parts under MozDef's names, the others where they were. */
const partOf = (record: JsonObject, part: string, names: ReadonlyMap<string, string>): JsonObject => {
  const value = record[part];
  if (!isObject(value)) return { [part]: value };
  const others = without(value, [...names.keys()]);
  return {
    ...Object.fromEntries([...names].map(([name, ours]) => [ours, at(value, name)])),
    [part]: Object.keys(others).length === 0 ? undefined : others,
  };
};
