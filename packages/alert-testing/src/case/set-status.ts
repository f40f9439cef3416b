import { changeAlert } from "@mozdef/alert-store";
import { isAsExpected, shown } from "../compare/differences.ts";
import type { ExpectedAlert } from "../suite/expected.ts";
import type { PreparedRun } from "../suite/prepared-suite.ts";
import { caseFailure } from "./case-failure.ts";
import type { RunningCase } from "./running-case.ts";

/** Who takes care of alerts in tests. */
const SOMEBODY = "somebody";

/** Before a run, somebody acknowledges or closes alerts that earlier runs have made. */
export const setStatus = async (running: RunningCase, { acknowledges, closes }: PreparedRun): Promise<void> => {
  for (const wanted of acknowledges) await change(running, wanted, { status: "acknowledged", event: "acknowledge" });
  for (const wanted of closes) await change(running, wanted, { status: "closed", event: "resolve" });
};

type Change =
  | { readonly status: "acknowledged"; readonly event: "acknowledge" }
  | { readonly status: "closed"; readonly event: "resolve" };

const change = async (
  { site, after }: RunningCase,
  wanted: ExpectedAlert,
  { status, event }: Change,
): Promise<void> => {
  const fitting = (await site.alertsSoFar()).filter(
    ({ _source }) => _source.status !== "closed" && _source.status !== status && isAsExpected(wanted, _source),
  );
  if (fitting.length === 0) throw caseFailure(`There is no alert to be ${status} that is ${shown(wanted)}.`);
  for (const { _id } of fitting) {
    const who = { by: SOMEBODY, now: new Date(site.now) };
    const changed = await changeAlert(site.store, _id, { kind: "status", status }, who);
    if (changed !== null) await after?.tell(changed.alert, event, SOMEBODY);
  }
};
