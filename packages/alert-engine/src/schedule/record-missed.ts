import { type AlertStore, writeDocuments } from "@mozdef/alert-store";
import { storeMissed } from "../backfill/stored-backfills.ts";
import { grouped } from "../grouped.ts";
import { beginDocument, gapDocument } from "../ledger/run-record.ts";
import type { Plan } from "./plan-batches.ts";
import { advance } from "./scheduled-alert.ts";

/**
 * Records what is not run at once: slots that nobody looks at any more, and those that are run beside those of the present. After that
 * they are passed.
 *
 * @throws {StoreError}
 */
export const recordMissed = async (store: AlertStore, { gaps, backlogs }: Plan, now: Date): Promise<void> => {
  const documents = gaps.map(({ state: { alert }, gap }) => gapDocument(alert.name, gap, now));
  await writeDocuments(store, "Cannot record slots that were missed", documents);
  const alike = grouped(backlogs, ({ state: { shard }, slots }) => JSON.stringify([shard, slots]));
  for (const [first, ...others] of alike.values()) {
    if (first === undefined) continue;
    const { state, slots } = first;
    const alerts = [first, ...others].map((one) => one.state.alert.name);
    await storeMissed(store, { alerts, shard: state.shard, slots }, now);
    // Only then: a process that dies in between finds them once more.
    await writeDocuments(store, "Cannot record slots that are run later", [beginDocument(alerts, slots.to, now)]);
  }
  for (const { state, gap } of gaps) advance(state, gap.to);
  for (const { state, slots } of backlogs) advance(state, slots.to);
};
