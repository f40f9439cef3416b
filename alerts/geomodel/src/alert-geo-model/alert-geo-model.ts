import {
  aggregation,
  AlertTask,
  isoUtc,
  messageOf,
  type AlertAbout,
  type AggregatedEvents,
  type AlertContext,
  type HookContext,
} from "@mozdef/alert";
import { QueryStringMatch, RangeMatch, SearchQuery, SubnetMatch, TermMatch } from "@mozdef/query";
import { durationMs } from "@mozdef/query/tools";
import { asnMovement, type AsnMovement } from "../asn-movement.ts";
import { config } from "../config.ts";
import { startOfRun } from "../execution-state.ts";
import { localityOfEvent, type Locality } from "../locality.ts";
import { floatText, twoDecimals } from "../numbers.ts";
import { distanceKm, hopsOf, inTimeOrder, secondsBetween, type Hop } from "../travel.ts";
import { loadUser, saveUser, withVisits } from "../user-state.ts";

const DAY_MS = 86_400_000;

/** A user logs in from two places that nobody can have travelled between in the time. */
export class AlertGeoModel extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A user logs in from two places that nobody can have travelled between in the time.",
    severity: ["INFO", "DEBUG"],
    attack: ["T1078"],
    falsePositives: [
      "Places of addresses are guesses: mobile networks, VPNs and proxies move by thousands of kilometres.",
    ],
    triage: [
      "Does one end belong to a VPN, a proxy or a phone network? Whitelist it.",
      "Ask the user where they are.",
      "Neither: end all sessions, reset the password, look at what the second place did.",
    ],
  };

  async main({ now, state }: AlertContext) {
    const { events, whitelist } = this.config;
    const start = await startOfRun(state, now, new Date(now.getTime() - durationMs(events.search_window)));
    const query = SearchQuery()
      .must(RangeMatch("receivedtimestamp", start, now), QueryStringMatch(events.lucene_query))
      .mustNot(
        TermMatch("details.username", ""),
        ...whitelist.users.map((user) => TermMatch("details.username", user)),
        ...whitelist.cidrs.map((cidr) => SubnetMatch("details.sourceipaddress", cidr)),
      );
    return aggregation(query, { field: "details.username", samplesLimit: 1_000 });
  }

  async onAggregation({ value: username, events, allEvents }: AggregatedEvents, context: HookContext) {
    const { now } = context;
    const radius = this.config.localities.radius_kilometres;
    const visits = inTimeOrder(allEvents.flatMap((event) => localityOfEvent(event, { now, radius }) ?? []));
    const hops = hopsOf(inTimeOrder([...(await this.recall(username, visits, context)), ...visits]));
    const last = hops.at(-1);
    if (last === undefined) return null;
    const factors = await this.factorsOf(hops, context);
    return {
      summary: `${username} seen in ${hops.map(describeHop).join("; ")}`,
      category: "geomodel",
      tags: ["geomodel"],
      severity: factors.some(({ asn_hops }) => asn_hops.length > 0)
        ? this.config.asn_movement_severity
        : this.config.severity,
      events,
      details: {
        username,
        hops: hops.map(({ origin, destination }) => ({ origin: shown(origin), destination: shown(destination) })),
        sourceipaddress: last.destination.sourceipaddress,
        sourceipv4address: last.destination.sourceipaddress,
        factors,
      },
    };
  }

  /** Where the user was last seen before these visits; remembers the visits. */
  private async recall(
    username: string,
    visits: readonly Locality[],
    { now, state }: HookContext,
  ): Promise<Locality[]> {
    const { es_index, valid_duration_days } = this.config.localities;
    const { id, localities } = await loadUser(state, es_index, username);
    const oldest = now.getTime() - valid_duration_days * DAY_MS;
    const valid = localities.filter(({ lastaction }) => lastaction.getTime() >= oldest);
    const updated = withVisits(valid, visits.toReversed());
    if (updated !== null) saveUser(state, es_index, username, { id, localities: updated });
    return inTimeOrder(valid).slice(-1);
  }

  /** A database that cannot be read costs the factor, not the alert. */
  private async factorsOf(hops: readonly Hop[], { log }: HookContext): Promise<readonly AsnMovement[]> {
    const asn = this.config.factors.asn_movement;
    if (asn === null) return [];
    try {
      return [await asnMovement(hops, asn.maxmind_db_path)];
    } catch (cause) {
      log.error(`AlertGeoModel: no asn_movement, the database cannot be read: ${messageOf(cause)}`, {
        maxmind_db_path: asn.maxmind_db_path,
      });
      return [];
    }
  }
}

const describeHop = ({ origin, destination }: Hop): string => {
  const km = twoDecimals(distanceKm(origin, destination));
  const minutes = twoDecimals(secondsBetween(origin, destination) / 60);
  return `${origin.city},${origin.country} then ${destination.city},${destination.country} (${km} KM in ${minutes} minutes)`;
};

/** A locality as the alert's details show it. */
const shown = ({ sourceipaddress, city, country, latitude, longitude, lastaction }: Locality) => ({
  ip: sourceipaddress,
  city,
  country,
  latitude,
  longitude,
  observed: isoUtc(lastaction),
  geopoint: `${floatText(latitude)},${floatText(longitude)}`,
});
