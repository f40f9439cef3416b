// A program of its own: what it declares would let every alert of the repository use the names of ECS.
import { aggregation, AlertTask, eachEvent } from "@mozdef/alert";
import {
  ExistsMatch,
  type KindOf,
  LessThanMatch,
  PhraseMatch,
  RangeMatch,
  SearchQuery,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "@mozdef/query";
import type { EcsFields } from "@mozdef/query/ecs";

declare module "@mozdef/query" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it adds what ECS has
  interface EventFields extends EcsFields {}
}

const query = SearchQuery({ minutes: 5 })
  .must(
    PhraseMatch("message", "failed password"),
    TermMatch("process.name", "sshd"),
    TermsMatch("event.category", ["authentication"]),
    SubnetMatch("source.ip", "192.0.2.0/24"),
    RangeMatch("source.bytes", 1, 1_000),
    LessThanMatch("@timestamp", new Date(0)),
  )
  .mustNot(WildcardMatch("host.name", "test*"), ExistsMatch("error.message"));

/** An alert over the names of ECS, as authors write it. */
export class AlertOverEcs extends AlertTask {
  main() {
    return [eachEvent(query, { source: "logs" }), aggregation(query, { source: "logs", field: "source.ip" })];
  }
}

/** MozDef's own names stay, also those that ECS has with the same kind. */
export const kinds: readonly [KindOf<"tags">, KindOf<"summary">, KindOf<"message">, KindOf<"details.anything">] = [
  "keyword",
  "text",
  "text",
  "keyword",
];
TermMatch("category", "syslog");

// @ts-expect-error -- a typing error matches nothing, for ever
TermMatch("proces.name", "sshd");
// @ts-expect-error -- words have no order
RangeMatch("message", "a", "b");
// @ts-expect-error -- a number is not an address
SubnetMatch("source.bytes", "10.0.0.0/8");
// @ts-expect-error -- numbers are compared with numbers
RangeMatch("source.bytes", "1", "2");
