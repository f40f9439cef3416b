import { firstText, type JsonObject, textAt } from "../event/json.ts";

/** What MozDef says of a record of Zeek in one line. @see MozDef `mq/plugins/broFixup.py` */
export const summaryOf = (kind: string | undefined, record: JsonObject, ends: JsonObject): string => {
  const text = (name: string, otherwise = "unknown"): string => textAt(record, name) ?? otherwise;
  const source = textAt(ends, "sourceipaddress") ?? "unknown";
  const destination = `${textAt(ends, "destinationipaddress") ?? "unknown"}:${textAt(ends, "destinationport") ?? "unknown"}`;
  switch (kind) {
    case "conn": {
      const from = `${source}:${textAt(ends, "sourceport") ?? "unknown"}`;
      return `${from} -> ${destination} ${text("history")} ${text("orig_ip_bytes", "0")} bytes / ${text("resp_ip_bytes", "0")} bytes`;
    }
    case "http":
      return `HTTP ${text("method")} ${source} -> ${destination}`;
    case "dns":
      return `DNS ${text("qtype_name")} type query ${source} -> ${destination}`;
    case "ssh":
      return `SSH: ${source} -> ${destination}${successOf(record.auth_success)}`;
    case "notice":
      return `${text("note")} source ${source} destination ${textAt(ends, "destinationipaddress") ?? "unknown"} port ${firstText(record, "p", "id.resp_p", "id_resp_p") ?? "unknown"}`;
    case "intel":
      return `Bro intel match of ${firstText(record, "seen.indicator_type", "seen_indicator_type") ?? "unknown"} in ${firstText(record, "seen.where", "seen_where") ?? "unknown"}`;
    case "dhcp":
      return `${firstText(record, "assigned_addr", "assigned_ip") ?? "unknown"} assigned to ${text("mac").replaceAll(":", "")}`;
    case "weird":
      return `Weird: ${text("name")} ${source} -> ${destination}`;
    default:
      return `${kind?.toUpperCase() ?? "Zeek"}: ${source} -> ${destination}`;
  }
};

/** As MozDef, which is written in Python, shows it. Zeek does not always know. */
const successOf = (value: unknown): string =>
  typeof value === "boolean" ? ` success ${value ? "True" : "False"}` : "";
