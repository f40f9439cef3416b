import { createHash } from "node:crypto";
import type { Hit } from "../document/event.ts";
import type { SearchBase } from "./search-base.ts";
import type { PlannedOf } from "./search-kind.ts";

/**
 * The id of an alert follows from what it is about, so that a run that is repeated after a crash writes the same alert, not a
 * second one: the own name and the oldest event covered (with the group's value, since an event with a list value can be the
 * oldest of two groups); for a deadman alert the name, the slot and the query.
 *
 * @param group - Null for an alert about a single event.
 */
export const alertIdOfEvents = (name: string, oldest: Hit, group: string | null): string =>
  digest([name, oldest._index, oldest._id, group]);

export const alertIdOfSilence = ({ name, search }: PlannedOf<SearchBase>, now: Date, group = ""): string =>
  digest([name, now.toISOString(), search.query.plan, ...(group === "" ? [] : [group])]);

/** 128 bits are plenty for ids that only have to differ within one index. */
const digest = (parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
