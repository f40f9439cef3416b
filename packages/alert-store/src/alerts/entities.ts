import { distinct } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";

/** Whom and what the events of an alert are about, so that the alert is found by it. Each list is distinct, in order of appearance. */
export interface Entities {
  readonly ip: readonly string[];
  readonly user: readonly string[];
  readonly host: readonly string[];
  readonly port: readonly string[];
}

/** Under MozDef's names, and under those of the Elastic Common Schema. */
const FIELDS: Readonly<Record<keyof Entities, readonly string[]>> = {
  ip: [
    "details.sourceipaddress",
    "details.destinationipaddress",
    "details.sourceipv4address",
    "details.ip",
    "source.ip",
    "destination.ip",
    "client.ip",
    "server.ip",
    "host.ip",
  ],
  user: [
    "details.username",
    "details.user",
    "details.originaluser",
    "details.actor",
    "details.email",
    "user.name",
    "user.email",
    "source.user.name",
    "destination.user.name",
  ],
  host: ["hostname", "details.hostname", "details.host", "details.server", "host.name", "host.hostname", "host"],
  port: ["details.sourceport", "details.destinationport", "source.port", "destination.port"],
};

/** An alert over very many events names the first ones. */
const MOST = 1_000;

/** Longer values are not names. */
const LONGEST = 1_024;

/** What the events of an alert name. */
export const entitiesOf = ({ events }: Pick<AlertDocument, "events">): Entities => {
  const sources = events.map(({ documentsource }) => ({ _source: documentsource }));
  const named = (kind: keyof Entities): readonly string[] => {
    const values = FIELDS[kind].flatMap((field) => distinct(sources, field));
    return [...new Set(values)].filter((value) => value !== "" && value.length <= LONGEST).slice(0, MOST);
  };
  return { ip: named("ip"), user: named("user"), host: named("host"), port: named("port") };
};
