import { type JsonObject, present, textAt } from "../event/json.ts";
import { readAddress } from "../values/read-address.ts";

const SOURCE = ["src", "srcip", "src_ip", "sourceip", "cluster_client_ip"] as const;

const DESTINATION = ["dst", "dstip", "dst_ip", "destip", "dest_ip"] as const;

/**
 * MozDef's fields for the addresses that other names hold, where the event does not have them already. The other names stay.
 *
 * @see MozDef `mq/plugins/ipFixup.py`
 */
export const addressNames = (details: JsonObject): JsonObject =>
  present({
    sourceipaddress: hasAny(details, "sourceipaddress")
      ? undefined
      : (first(details, SOURCE) ?? forwardedFor(textAt(details, "http_x_forwarded_for"))),
    destinationipaddress: hasAny(details, "destinationipaddress") ? undefined : first(details, DESTINATION),
  });

const hasAny = (details: JsonObject, name: string): boolean => details[name] !== undefined && details[name] !== null;

const first = (details: JsonObject, names: readonly string[]): string | undefined =>
  names.flatMap((name) => readAddress(textAt(details, name))?.address ?? [])[0];

/** The client is the first of the list, the proxies follow. */
const forwardedFor = (text: string | undefined): string | undefined => readAddress(text?.split(",", 1)[0])?.address;
