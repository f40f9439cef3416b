import { valuesAt } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin, reasonOf } from "@mozdef/alert/runtime";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { dataError } from "./files/data-error.ts";
import { FollowedFile, readBounded } from "./files/followed-file.ts";
import { placeInJson, readJson } from "./files/read-json.ts";
import { file } from "./options/file-option.ts";
import { readOptions } from "./options/read-options.ts";
import { type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails, withSaid } from "./values/add-to-alert.ts";

const schema = z.strictObject({ file, ...sharedShape });

/** The options of {@link geomodelIpIntel}. */
export interface GeomodelIpIntelOptions extends SharedOptions {
  /** A JSON file that says for each address how much it is what: `{ "192.0.2.7": { "TorNode": 1, "VPN": 0.5 } }`. Read again when it changes. */
  readonly file: string | URL;
}

/** Classifications by addresses. */
type Intel = ReadonlyMap<string, readonly (readonly [classification: string, score: number])[]>;

/**
 * Says what is known of the addresses between which AlertGeoModel saw a user travel: `details.ipintel`, each with `ip`,
 * `classification` and `threatscore`, and in the summary when some are Tor nodes or VPNs. Default registration: `geomodel`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/geomodel_ipintel_enrichment.py`, whose `match_tag` is `registration` here.
 *
 * @example
 * geomodelIpIntel({ file: "/etc/mozdef/ipintel.json" });
 */
export const geomodelIpIntel = (options: GeomodelIpIntelOptions): AlertPlugin => {
  const read = readOptions("geomodelIpIntel", schema, options);
  const intel = new FollowedFile(read.file, readIntel);
  return definePlugin({
    ...sharedPart(read, { name: "geomodel_ipintel_enrichment", registration: "geomodel" }),
    prepare: async ({ log }) => {
      await intel.current((problem) => log.error(problem));
    },
    onMessage: async (alert, { report }) => enriched(alert, await intel.current(report)),
  });
};

const LARGEST_BYTES = 64 * 1_024 * 1_024;

const intelSchema = z.record(
  z.string().refine((text) => ipaddr.isValid(text), "expected an address"),
  z.record(z.string().min(1), z.number()),
);

const readIntel = async (path: string): Promise<Intel> => {
  const text = (await readBounded(path, LARGEST_BYTES)).toString();
  const result = intelSchema.safeParse(readJson(text, path));
  if (result.success)
    return new Map(
      Object.entries(result.data).map(([address, scores]) => [canonical(address), Object.entries(scores)]),
    );
  const [issue] = result.error.issues;
  const place = (issue?.path ?? []).filter((part) => typeof part !== "symbol");
  const reason = issue === undefined ? "it is wrong" : reasonOf(issue);
  throw dataError(`${path}:${placeInJson(text, place)}: ${place.join(".")}: ${reason}.`);
};

const canonical = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);

const enriched = (alert: AlertDocument, intel: Intel): AlertDocument => {
  const addresses = new Set([...valuesOfHops(alert, "origin.ip"), ...valuesOfHops(alert, "destination.ip").slice(-1)]);
  const ipintel = [...addresses].flatMap((ip) =>
    (intel.get(canonical(ip)) ?? []).map(([classification, threatscore]) => ({ ip, classification, threatscore })),
  );
  const of = (kind: string): string[] =>
    ipintel.flatMap(({ ip, classification }) => (classification === kind ? [ip] : []));
  const [torNodes, vpns] = [of("TorNode"), of("VPN")];
  const said = [
    ...(torNodes.length > 0 ? [`Tor nodes detected: ${torNodes.join(", ")}`] : []),
    ...(vpns.length > 0 ? [`VPNs detected: ${vpns.join(", ")}`] : []),
  ];
  return withSaid(withDetails(alert, { ipintel }), ...said);
};

const valuesOfHops = ({ details }: AlertDocument, path: string): readonly string[] => {
  const hops: readonly unknown[] = Array.isArray(details?.hops) ? details.hops : [];
  return hops.flatMap((hop) => valuesAt(hop, path).map(String));
};
