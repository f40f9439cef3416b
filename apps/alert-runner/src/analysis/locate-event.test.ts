import { Client } from "@elastic/elasticsearch";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import { expect, it } from "vitest";
import { createAlertStore, STATE_INDEX } from "@mozdef/alert-store";
import { isLookedAt } from "./locate-event.ts";

const place = (name: string | null, ...indices: readonly string[]) =>
  ({ name, indices }) as unknown as PlannedSearch["source"];

const { names } = createAlertStore({ client: new Client({ node: "http://127.0.0.1:1" }), prefix: "prod-" });

const own = place(null, "events", "events-previous");
const logs = place("logs", "logs-*", "audit");

it.each([
  [own, "events-20260101", true],
  [own, STATE_INDEX, false],
  [own, "alerts-202601", false],
  [own, `events-20260101,${STATE_INDEX}`, false],
  [own, "events-*", false],
  [own, "logs-a", false],
  [logs, "logs-a", true],
  [logs, "logs:logs-a", true],
  [logs, "audit", true],
  [logs, "audit2", false],
  [logs, `logs-a,${STATE_INDEX}`, false],
  [logs, "logs-a*", false],
  [logs, "events-20260101", false],
  [place("all", "*"), STATE_INDEX, false],
  [place("all", "*"), `prod-${STATE_INDEX}`, false],
  [place("all", "*"), "prod-alerts-202601", false],
  [place("all", "*"), "alerts-202601", false],
  [place("all", "*"), "other", true],
  [place("all", "*"), "-other", false],
] as const)("of %j, %s is looked at: %s", (source, index, isIt) => {
  expect(isLookedAt(index, source, names)).toBe(isIt);
});
