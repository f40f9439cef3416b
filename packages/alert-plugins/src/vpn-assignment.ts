import { type AlertContext, isInNetwork } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { hours, indices, network, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails } from "./values/add-to-alert.ts";
import { textOf } from "./values/first-event.ts";
import { newestEvent } from "./values/newest-event.ts";

const schema = z.strictObject({
  networks: z.array(network).min(1),
  indices: indices.default(["events", "events-previous"]),
  searchWindowHours: hours.default(6),
  ...sharedShape,
});

/** The options of {@link vpnAssignment}. */
export interface VpnAssignmentOptions extends SharedOptions {
  /** Networks whose addresses a VPN gives away, in CIDR notation. */
  readonly networks: readonly string[];
  /** Where events of the VPN are looked for. Default: `events` and `events-previous`. */
  readonly indices?: readonly string[];
  /** How old the assignment may be, in hours. Default 6. */
  readonly searchWindowHours?: number;
}

/**
 * Names who has got the alert's `details.sourceipaddress` from a VPN, and from where: `details.vpnassignment` with `username` and
 * `originalip`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/vpn_assignment.py`; unlike it, the window counts.
 *
 * @example
 * vpnAssignment({ networks: ["10.48.0.0/16"] });
 */
export const vpnAssignment = (options: VpnAssignmentOptions): AlertPlugin => {
  const read = readOptions("vpnAssignment", schema, options);
  return definePlugin({
    ...sharedPart(read, { name: "vpn_assignment", registration: "*" }),
    onMessage: (alert, context) => enriched(alert, read, context),
  });
};

const enriched = async (
  alert: AlertDocument,
  { networks, indices, searchWindowHours }: z.output<typeof schema>,
  context: AlertContext,
): Promise<AlertDocument> => {
  const address = textOf(alert, "details.sourceipaddress");
  if (address === null || !networks.some((range) => isInNetwork(address, range))) return alert;
  const query = SearchQuery({ hours: searchWindowHours }).must(
    TermMatch("tags", "vpn"),
    TermMatch("tags", "netfilter"),
    TermMatch("details.success", "true"),
    TermMatch("details.vpnip", address),
    PhraseMatch("summary", "netfilter add upon connection"),
  );
  const event = await newestEvent(context, query, { indices, newestBy: "utctimestamp" });
  if (event === null) return alert;
  return withDetails(alert, {
    vpnassignment: {
      username: textOf(event, "details.username"),
      originalip: textOf(event, "details.sourceipaddress"),
    },
  });
};
