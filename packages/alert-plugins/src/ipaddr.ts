import addresses from "ipaddr.js";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";

type Details = Record<string, unknown>;

/**
 * Brings the addresses of an alert's first event to the fields of `details` that consumers read: `sourceipaddress`,
 * `sourceipv4address`, `sourceipv6address` and the same of the destination. A text that is not an address becomes `source` or
 * `destination`.
 *
 * @see MozDef `alerts/plugins/ipaddr.py`; unlike it, the embedded event is left as it is.
 */
export const ipaddr = (): AlertPlugin =>
  definePlugin({ name: "ipaddr", registration: "*", priority: 1, onMessage: (alert) => enriched(alert) });

const enriched = (alert: AlertDocument): AlertDocument => {
  const event = eventDetailsOf(alert);
  if (event === null) return alert;
  const details: Details = { ...alert.details };
  const errors: string[] = [];
  forwarded(event, details);
  endpoint("source", event, details, errors);
  endpoint("destination", event, details, errors);
  const client = event.cluster_client_ip;
  if (versionOf(client) === "ipv4") details.sourceipaddress = client;
  return {
    ...alert,
    ...(Object.keys(details).length > 0 && { details }),
    ...(errors.length > 0 && { errors: [...(alert.errors ?? []), ...errors] }),
  };
};

const eventDetailsOf = ({ events }: AlertDocument): Details | null => {
  const details = events[0]?.documentsource.details;
  return typeof details === "object" && details !== null && !Array.isArray(details) ? (details as Details) : null;
};

const versionOf = (value: unknown): "ipv4" | "ipv6" | null => {
  if (typeof value !== "string") return null;
  if (addresses.IPv4.isValidFourPartDecimal(value)) return "ipv4";
  return value.includes(":") && addresses.IPv6.isValid(value) ? "ipv6" : null;
};

/** Whom a proxy has forwarded for: the first of its list. */
const forwarded = (event: Details, details: Details): void => {
  const header = event.http_x_forwarded_for;
  if (typeof header !== "string") return;
  const first = (header.split(",")[0] ?? "").trim();
  const version = versionOf(first);
  if (version === "ipv4") {
    if (!isThere(event.sourceipaddress)) details.sourceipaddress = first;
    if (!isThere(event.sourceipv4address)) details.sourceipv4address = first;
  }
  if (version === "ipv6" && !isThere(event.sourceipv6address)) details.sourceipv6address = first;
};

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

/** What consumers that know IPv4 only find in the place of an IPv6 address. */
const NO_IPV4 = "0.0.0.0";

const endpoint = (side: "source" | "destination", event: Details, details: Details, errors: string[]): void => {
  const address = event[`${side}ipaddress`];
  if (!isThere(address)) return;
  const version = versionOf(address);
  if (version === "ipv6") {
    details[`${side}ipv6address`] = address;
    details[`${side}ipaddress`] = NO_IPV4;
    errors.push(`plugin: ipFixUp.py error: ${side}ipaddress is ipv6, moved`);
  } else if (version === "ipv4") {
    details[`${side}ipv4address`] = address;
    details[`${side}ipaddress`] = address;
  } else {
    details[side] = address;
    details[`${side}ipaddress`] = null;
  }
};
