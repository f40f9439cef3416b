import { type AlertContext, type EventSource, valuesAt } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { hours, indices, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails, withNote } from "./values/add-to-alert.ts";
import { ofFirstEvent, textOf } from "./values/first-event.ts";

/** What a search gives at most. */
const MOST = 10_000;

const schema = z.strictObject({
  indices: indices.default(["events-weekly"]),
  maxConnections: z.number().int().min(0).max(MOST).default(32),
  matchTags: z.array(z.string().min(1)).min(1).default(["portscan"]),
  searchWindowHours: hours.default(24),
  ...sharedShape,
});

/** The options of {@link portScanEnrichment}. */
export interface PortScanEnrichmentOptions extends SharedOptions {
  /** Where connections are looked for. Default: `events-weekly`. */
  readonly indices?: readonly string[];
  /** How many are added, the newest; 0 is all, up to 10,000. Default 32. */
  readonly maxConnections?: number;
  /** Alerts with one of these tags. Default: `portscan`. */
  readonly matchTags?: readonly string[];
  /** How old connections may be, in hours. Default 24. */
  readonly searchWindowHours?: number;
}

/**
 * Adds what the scanner, the source address of the alert's first event, has connected to: `details.recentconnections`, each with
 * `destinationipaddress`, `destinationport` and `timestamp`. Default registration: `portscan`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/port_scan_enrichment.py`; unlike it, it looks in the indices of its configuration, and passes over
 * connections without an address and a port.
 *
 * @example
 * portScanEnrichment({ maxConnections: 100 });
 */
export const portScanEnrichment = (options: PortScanEnrichmentOptions = {}): AlertPlugin => {
  const read = readOptions("portScanEnrichment", schema, options);
  return definePlugin({
    ...sharedPart(read, { name: "port_scan_enrichment", registration: "portscan" }),
    onMessage: (alert, context) => enriched(alert, read, context),
  });
};

const enriched = async (
  alert: AlertDocument,
  { indices, maxConnections, matchTags, searchWindowHours }: z.output<typeof schema>,
  context: AlertContext,
): Promise<AlertDocument> => {
  const address = ofFirstEvent(alert, "details.sourceipaddress");
  if (address === null || !matchTags.some((tag) => alert.tags.includes(tag))) return alert;
  const query = SearchQuery({ hours: searchWindowHours }).must(
    TermMatch("category", "bro"),
    TermMatch("source", "conn"),
    TermMatch("details.sourceipaddress", address),
  );
  const found = await context.search(query, { indices, size: maxConnections === 0 ? MOST : maxConnections });
  const isCut = !found.isComplete && maxConnections === 0;
  const note = isCut ? `port_scan_enrichment: ${found.length} of ${found.total} connections are added` : null;
  return withNote(withDetails(alert, { recentconnections: found.flatMap(({ _source }) => connection(_source)) }), note);
};

const connection = (event: EventSource): readonly object[] => {
  const destinationipaddress = textOf(event, "details.destinationipaddress");
  const [destinationport] = valuesAt(event, "details.destinationport");
  if (destinationipaddress === null || destinationport === undefined) return [];
  return [{ destinationipaddress, destinationport, timestamp: textOf(event, "timestamp") }];
};
