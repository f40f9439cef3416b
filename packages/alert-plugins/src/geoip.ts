import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { FollowedFile, type Report } from "./files/followed-file.ts";
import { type GeoDatabase, readGeoDatabase } from "./files/geo-database.ts";
import { file } from "./options/file-option.ts";
import { readOptions } from "./options/read-options.ts";
import { addressFields, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails, withNote } from "./values/add-to-alert.ts";
import { addressesOf, firstOf } from "./values/addresses-of.ts";

const schema = z.strictObject({
  files: z.array(file).min(1),
  fields: addressFields,
  limit: z.number().int().min(1).max(1_000).default(50),
  ...sharedShape,
});

/** The options of {@link geoip}. */
export interface GeoipOptions extends SharedOptions {
  /**
   * Databases in MaxMind's format (`.mmdb`): of cities, countries, networks (ASN) or providers. What several say of an address is put
   * together. Each is read again when it changes.
   */
  readonly files: readonly (string | URL)[];
  /** Paths in the alert and its events at which addresses stand, e.g. `details.sourceipaddress`. Default: anywhere. */
  readonly fields?: readonly string[];
  /** Addresses of an alert that are looked up; the alert says when it has more. Default 50. */
  readonly limit?: number;
}

/**
 * Says where the addresses of an alert are, and whose network they belong to: `details.geoip`, for each that a database knows `ip` and what is
 * known of `city`, `continent`, `country_code`, `country_name`, `latitude`, `longitude`, `postal_code`, `region_code`, `time_zone` (the names
 * of MozDef's `details.sourceipgeolocation`), `asn` and `organization`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * geoip({ files: ["/var/lib/GeoIP/GeoLite2-City.mmdb", "/var/lib/GeoIP/GeoLite2-ASN.mmdb"] });
 */
export const geoip = (options: GeoipOptions): AlertPlugin => {
  const read = readOptions("geoip", schema, options);
  const files = read.files.map((path) => new FollowedFile(path, readGeoDatabase));
  const databases = (report: Report) => Promise.all(files.map((database) => database.current(report)));
  return definePlugin({
    ...sharedPart(read, { name: "geoip", registration: "*" }),
    prepare: async ({ log }) => {
      await databases((problem) => log.error(problem));
    },
    onMessage: async (alert, { report }) => enriched(alert, read, await databases(report)),
  });
};

const enriched = (
  alert: AlertDocument,
  { fields, limit }: z.output<typeof schema>,
  databases: readonly GeoDatabase[],
): AlertDocument => {
  const { taken, note } = firstOf(addressesOf(alert, fields), limit, "geoip looked up addresses");
  const places = taken.flatMap((ip) => {
    const known = databases.flatMap((database) => database(ip) ?? []);
    return known.length === 0 ? [] : [known.reduce((all, more) => ({ ...all, ...more }), { ip })];
  });
  return withNote(places.length === 0 ? alert : withDetails(alert, { geoip: places }), note);
};
