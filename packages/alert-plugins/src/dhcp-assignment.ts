import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { escapeQueryString, QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { hours, indices, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { brief, withDetails, withSaid } from "./values/add-to-alert.ts";
import { ofFirstEvent, textOf } from "./values/first-event.ts";
import { newestEvent } from "./values/newest-event.ts";

const schema = z.strictObject({
  indices: indices.default(["events-*"]),
  searchWindowHours: hours.default(48),
  ...sharedShape,
});

/** The options of {@link dhcpAssignment}. */
export interface DhcpAssignmentOptions extends SharedOptions {
  /** Where leases and log-ins to the network are looked for. Default: `events-*`. */
  readonly indices?: readonly string[];
  /** How old they may be, in hours. Default 48. */
  readonly searchWindowHours?: number;
}

/**
 * Names whose device has the source address of the alert's first event: `details.ipassignment` with `mac` and `user`,
 * `details.username` when there is a user, and in the summary. Default registration: `portscan`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/dhcp_assignment.py`; unlike it, the window counts and a value may have a `=`.
 *
 * @example
 * dhcpAssignment({ searchWindowHours: 24 });
 */
export const dhcpAssignment = (options: DhcpAssignmentOptions = {}): AlertPlugin => {
  const read = readOptions("dhcpAssignment", schema, options);
  return definePlugin({
    ...sharedPart(read, { name: "dhcp_assignment", registration: "portscan" }),
    onMessage: (alert, context) => enriched(alert, read, context),
  });
};

/** What the original says in the place of a name. */
const NOBODY = "(no user found)";

const enriched = async (
  alert: AlertDocument,
  { indices, searchWindowHours }: z.output<typeof schema>,
  context: AlertContext,
): Promise<AlertDocument> => {
  const address = ofFirstEvent(alert, "details.sourceipaddress");
  if (address === null) return alert;
  const within = SearchQuery({ hours: searchWindowHours });
  const lease = within.must(TermMatch("source", "dhcp"), TermMatch("details.assigned_addr", address));
  const mac = textOf(await newestEvent(context, lease, { indices, newestBy: "details.ts" }), "details.mac");
  if (mac === null) return alert;
  const login = within.must(QueryStringMatch(`source:local1 AND "${escapeQueryString(mac)}"`));
  const summary = textOf(await newestEvent(context, login, { indices, newestBy: "receivedtimestamp" }), "summary");
  if (summary === null) return alert;
  const name = valueOf(summary, "user_name");
  const user = name ?? NOBODY;
  const named = withDetails(alert, { ipassignment: { mac, user }, ...(name !== null && { username: name }) });
  return withSaid(named, `IP assigned to ${brief(user)} (${brief(mac)})`);
};

/** Of `a=b,c=d` the value of a key; null when there is none. */
const valueOf = (pairs: string, key: string): string | null => {
  const pair = pairs.split(",").find((text) => text.slice(0, text.indexOf("=")).trim() === key);
  const value = pair?.slice(pair.indexOf("=") + 1).trim() ?? "";
  return value === "" ? null : value;
};
