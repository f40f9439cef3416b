import { messageOf } from "@mozdef/alert";
import { type AlertException, readException } from "@mozdef/alert/runtime";
import { EngineError } from "../engine-error.ts";

/** A value that a field of an event has. */
export type ExceptionValue = string | number | boolean;

/** The value of each field, or a list of which any fits. */
export type ExceptionMatch = Readonly<Record<string, ExceptionValue | readonly ExceptionValue[]>>;

/** Events that an alert leaves out since somebody wants it so, while the service runs. */
export interface StoredException {
  readonly id: string;
  /** The alert. */
  readonly alert: string;
  readonly match: ExceptionMatch;
  readonly reason: string;
  /** From then on the alert looks at them again. Null: never. */
  readonly until: Date | null;
  readonly by: string;
  readonly createdAt: Date;
  /** Who has ended it before its time, and when; null when nobody has. */
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

/** An exception as somebody wants it. */
export type ExceptionRequest = Pick<StoredException, "alert" | "match" | "reason" | "until" | "by">;

/** What the engine goes by: the same as of an exception of the configuration. @throws {EngineError} `EXCEPTION_INVALID`. */
export const clausesOf = ({
  match,
  reason,
  until,
}: Pick<StoredException, "match" | "reason" | "until">): AlertException => {
  try {
    return readException({ match, reason, ...(until !== null && { until: until.toISOString() }) });
  } catch (cause) {
    throw new EngineError("EXCEPTION_INVALID", messageOf(cause), { cause });
  }
};

/** Whether it holds no longer. */
export const isOver = ({ until }: Pick<StoredException, "until">, now: Date): boolean => until !== null && until <= now;

/** Each is a clause of every query of the alert, and servers take a few thousand. */
const MOST_VALUES = 500;

/**
 * Whether an alert can have one more exception.
 *
 * @param others - Those that it has.
 * @throws {EngineError} `EXCEPTION_INVALID`.
 */
export const checkException = (wanted: ExceptionRequest, others: readonly StoredException[], now: Date): void => {
  clausesOf(wanted);
  if (isOver(wanted, now))
    throw new EngineError(
      "EXCEPTION_INVALID",
      "The exception is wrong: until: expected a time in the future, or null.",
    );
  const values = [wanted, ...others.filter((other) => !isOver(other, now))].flatMap(({ match }) =>
    Object.values(match).flat(),
  ).length;
  if (values > MOST_VALUES)
    throw new EngineError(
      "EXCEPTION_INVALID",
      `The exceptions of ${wanted.alert} are too many. Expected: at most ${MOST_VALUES} values in all that are not over. Received: ${values}. End some, or name a network instead of its addresses.`,
    );
};
