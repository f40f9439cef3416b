import { isInNetwork } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { network } from "./options/shared-options.ts";
import { addressesIn, textsIn } from "./values/find-addresses.ts";

const schema = z.strictObject({
  known: z.array(
    z.strictObject({
      range: network,
      site: z.string().min(1),
      format: z.string().min(1),
    }),
  ),
});

/** A network that somebody knows. */
export interface KnownNetwork {
  /** In CIDR notation, IPv4 or IPv6. */
  readonly range: string;
  /** Its name. */
  readonly site: string;
  /** What the summary gets of each address; `{0}` stands for the address, `{1}` for the site. */
  readonly format: string;
}

/** The options of {@link ipSourceEnrichment}. */
export interface IpSourceEnrichmentOptions {
  readonly known: readonly KnownNetwork[];
}

/**
 * Says which addresses of an alert, anywhere in it, are in networks that one knows: `details.sites`, and in the summary.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/ip_source_enrichment.py`; unlike it, what only looks like an address is left alone.
 *
 * @example
 * ipSourceEnrichment({ known: [{ range: "8.32.0.0/16", site: "OFFICE1", format: "{0} is in OFFICE1." }] });
 */
export const ipSourceEnrichment = (options: IpSourceEnrichmentOptions): AlertPlugin => {
  const { known } = readOptions("ipSourceEnrichment", schema, options);
  return definePlugin({
    name: "ip_source_enrichment",
    registration: "*",
    onMessage: (alert) => enriched(alert, known),
  });
};

/** Of the matches, as many are said in the summary. */
const MOST_SAID = 20;

const enriched = (alert: AlertDocument, known: readonly KnownNetwork[]): AlertDocument => {
  const found = new Set([...textsIn(alert)].flatMap(addressesIn));
  const matches = [...found].flatMap((ip) =>
    known.filter(({ range }) => isInNetwork(ip, range)).map(({ site, format }) => ({ ip, site, format })),
  );
  const said = matches
    .slice(0, MOST_SAID)
    .map(({ ip, site, format }) => format.replaceAll("{0}", () => ip).replaceAll("{1}", () => site));
  const more = matches.length - said.length;
  return {
    ...alert,
    summary: [alert.summary, ...said, ...(more > 0 ? [`${more} more addresses are known`] : [])].join("; "),
    details: { ...alert.details, sites: matches.map(({ ip, site }) => ({ ip, site })) },
  };
};
