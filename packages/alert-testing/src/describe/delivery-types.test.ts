import { AlertTask, eachEvent } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { expect, it } from "vitest";
import { receiver } from "../delivery/receiver.ts";
import type { DescribeAlert } from "./define-tests.ts";

class AlertLogin extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "login")));
  }
}

/** Only its types are looked at, by the compiler. */
const described: unknown[] = [];
const describeAlert: DescribeAlert = (...given) => void described.push(given);

const fired = { events: [{}], alert: { summary: "s" } };
const silent = [{ name: "s", events: [{}] }];

it("takes the names of the actions of a suite and of its cases, and no others", () => {
  describeAlert(AlertLogin, {
    actions: { soc: receiver() },
    routes: [{ to: ["soc"], escalate: { after: "1m", to: ["soc"] }, routes: [{ to: ["soc"] }] }],
    fires: [
      { name: "a", ...fired, deliveries: { soc: [{ at: "0s" }] } },
      { name: "b", ...fired, actions: { pager: receiver() }, routes: [{ to: ["pager"] }], deliveries: { pager: [] } },
      // @ts-expect-error -- there is no such receiver
      { name: "c", ...fired, deliveries: { sock: [] } },
      // @ts-expect-error -- there is no such receiver
      { name: "d", ...fired, routes: [{ to: ["sock"] }] },
      // @ts-expect-error -- there is no such receiver
      { name: "e", ...fired, routes: [{ to: ["soc"], routes: [{ to: ["sock"] }] }] },
      // @ts-expect-error -- a delivery has no such key
      { name: "f", ...fired, deliveries: { soc: [{ sumary: "s" }] } },
    ],
    silent,
  });
  describeAlert(AlertLogin, { fires: [{ name: "a", ...fired }], silent });
  expect(described).toHaveLength(2);
});
