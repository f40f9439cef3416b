import {
  aggregation,
  AlertTask,
  textAt,
  textList,
  valuesAt,
  type AlertAbout,
  type AggregatedEvents,
  type Hit,
} from "@mozdef/alert";
import { ExistsMatch, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { z } from "zod";

const config = z.object({
  /** Sensors whose hits count. */
  hostnames: textList("comma").default(["sensor1", "sensor2", "sensor3"]),
});

/** Ten or more hits of one threat indicator within two minutes. */
export class AlertMultipleIntelHits extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Ten or more hits of one threat indicator within two minutes.",
    severity: "NOTICE",
    attack: ["T1071"],
    falsePositives: ["An indicator that is out of date."],
    triage: [
      "What is the indicator, from which feed, and how old?",
      "Which of your machines asked for it, and what did it do next?",
      "A resolver as the source: look in its log for who asked.",
    ],
  };

  main() {
    const { hostnames } = this.config;
    if (hostnames.length === 0) return [];
    const query = SearchQuery({ minutes: 2 }).must(
      TermMatch("category", "bro"),
      TermMatch("source", "intel"),
      ExistsMatch("details.seenindicator"),
      TermsMatch("hostname", hostnames),
    );
    return aggregation(query, { field: "details.seenindicator", samplesLimit: 10, threshold: 10 });
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    const sensor = events.map((event) => textAt(event, "hostname"))[0] ?? "unknown";
    const hosts = events.slice(0, 3).flatMap(hostThatHit);
    return {
      summary: `${count} ${sensor}  Bro intel match for indicator: on ${value} sample hosts that hit it: ${hosts.join("")}`,
      category: "bro",
      // One tag: what reads these alerts expects it so.
      tags: ["nsm,bro,intel"],
      severity: "NOTICE",
      events,
    };
  }
}

/** `{address} in {place} `, nothing for an event that lacks either. */
const hostThatHit = (event: Hit): readonly string[] => {
  if (valuesAt(event._source, "details.sourceipaddress").length === 0) return [];
  const seenWhere = textAt(event, "details.seenwhere", "");
  return seenWhere === "" ? [] : [`${ownAddress(event, seenWhere)} in ${seenWhere} `];
};

/** The indicator was asked for or answered with: whoever asked is ours. */
const FROM_SOURCE = ["Conn::IN_RESP", "HTTP::IN_HOST_HEADER", "DNS::IN_REQUEST"];
/** The indicator came to us: whoever was asked is ours. */
const FROM_DESTINATION = ["Conn::IN_ORIG", "HTTP::IN_X_CLUSTER_CLIENT_IP_HEADER", "HTTP::IN_X_FORWARDED_FOR_HEADER"];

const ownAddress = (event: Hit, seenWhere: string): string => {
  if (FROM_SOURCE.some((place) => seenWhere.includes(place))) return textAt(event, "details.sourceipaddress");
  if (FROM_DESTINATION.some((place) => seenWhere.includes(place))) return textAt(event, "details.destinationipaddress");
  return "";
};
