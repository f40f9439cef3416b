import { networkText, severityName, textList } from "@mozdef/alert";
import { SubnetMatch, type Duration } from "@mozdef/query";
import { durationMs } from "@mozdef/query/tools";
import { z } from "zod";

const isAccepted = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

const network = networkText.refine(
  (cidr) => isAccepted(() => SubnetMatch("details.sourceipaddress", cidr)),
  "Expected a network without bits below its prefix, such as 192.0.2.0/24",
);

const duration: z.ZodType<Duration> = z
  .partialRecord(z.enum(["weeks", "days", "hours", "minutes", "seconds"]), z.number().min(0))
  .refine((value) => isAccepted(() => durationMs(value)), "Expected a time above zero, such as { minutes: 5 }");

/** The configuration of {@link AlertGeoModel}, with the keys of MozDef's `geomodel_location.json`. */
export const config = z.object({
  /** Severity when the asn factor finds movement between networks. */
  asn_movement_severity: severityName.default("DEBUG"),
  severity: severityName.default("INFO"),
  localities: z
    .strictObject({
      /** Index of the users' states. */
      es_index: z.string().min(1).default("localities"),
      /** Days after which a place is forgotten. */
      valid_duration_days: z.number().positive().default(1),
      /** Kilometres within which two localities are the same place. */
      radius_kilometres: z.number().positive().default(50),
    })
    .prefault({}),
  events: z
    .strictObject({
      /** Look-back of the first run. Later runs go on where the previous one ended. */
      search_window: duration.default({ minutes: 5 }),
      /** Lucene query string: which events are logins. */
      lucene_query: z.string().trim().min(1).default("tags:auth0"),
    })
    .prefault({}),
  whitelist: z
    .strictObject({
      users: z.array(z.string().min(1)).default([]),
      /** Networks to leave out, IPv4 or IPv6. */
      cidrs: textList("comma", network).default([]),
    })
    .prefault({}),
  factors: z
    .strictObject({
      /** Path of a MaxMind ASN database, null for none. */
      asn_movement: z
        .strictObject({ maxmind_db_path: z.string().min(1) })
        .nullable()
        .default(null),
    })
    .prefault({}),
});
