import type { AlertMessage } from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { groupId } from "./group-id.ts";

/** Of an id that goes into the hash, in characters. */
const LONGEST = 1_000;

/**
 * By what a ticket is found again: letters and digits only, so that it means nothing in a query. The same for alerts of one `quietFor` group.
 */
export const ticketKey = (message: AlertMessage): string =>
  `mozdef-${createHash("sha256").update(groupId(message, LONGEST)).digest("hex").slice(0, 40)}`;

/** Whether later alerts have the same key: then a ticket that is done is not theirs. */
export const isGrouped = ({ _source: { groupkey } }: AlertMessage): boolean => groupkey !== undefined;
