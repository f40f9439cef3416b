import { isoUtc } from "@mozdef/alert";
import type { Exception } from "@mozdef/alert-api";
import { clausesOf, type StoredException } from "@mozdef/alert-engine";
import { type AlertException, isHolding } from "@mozdef/alert/runtime";
import { describeClause } from "@mozdef/query/tools";

type Shared = Pick<Exception, "state" | "match" | "reason" | "until">;

const sharedView = ({ clauses, reason, until }: AlertException, now: Date): Shared => ({
  state: isHolding({ until }, now) ? "active" : "expired",
  match: clauses.map(describeClause),
  reason,
  until: until === null ? null : isoUtc(new Date(until)),
});

/** An exception of the configuration. */
export const configuredView = (exception: AlertException, now: Date): Exception => ({
  ...{ id: null, origin: "configuration" },
  ...sharedView(exception, now),
  ...{ by: null, createdAt: null, endedBy: null, endedAt: null },
});

/** An exception that people have made. */
export const storedView = (exception: StoredException, now: Date): Exception => {
  const { id, by, createdAt, endedBy, endedAt } = exception;
  return {
    ...{ id, origin: "people" },
    ...sharedView(clausesOf(exception), now),
    ...{ by, createdAt: isoUtc(createdAt), endedBy },
    endedAt: endedAt === null ? null : isoUtc(endedAt),
  };
};
