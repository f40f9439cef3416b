import type { StateDocument } from "@mozdef/alert-store";
import { grouped } from "../grouped.ts";
import { beginDocument } from "../ledger/run-record.ts";
import type { ScheduledAlert } from "./scheduled-alert.ts";

const DAY_MS = 86_400_000;

/** Where alerts stand that run so seldom that the day of their last slot is about to be deleted. */
export const seldomDocuments = (states: readonly ScheduledAlert[], now: Date): readonly StateDocument[] => {
  const seldom = states.filter(({ lastSlot }) => now.getTime() - lastSlot.getTime() > DAY_MS);
  return [...grouped(seldom, ({ lastSlot }) => lastSlot.getTime())].map(([slot, standing]) =>
    beginDocument(
      standing.map(({ alert }) => alert.name),
      new Date(slot),
      now,
    ),
  );
};

/** Where an alert goes on: behind its last slot, and not before it was switched on. @param since - ISO 8601. */
export const goesOnAt = (slot: Date, since: string | undefined): Date => {
  const from = since === undefined ? slot : new Date(since);
  return from > slot ? from : slot;
};
