import { valuesAt } from "@mozdef/alert";
import type { AlertMessage } from "@mozdef/alert/runtime";

/** An alert of a backtest, as far as it is counted, shown and compared. */
export interface ReplayedAlert {
  /** Own name. */
  readonly name: string;
  /** When it fired, ISO 8601. */
  readonly slot: string;
  /** Follows from name and events: the same alert has the same id in every version of its code that finds it. */
  readonly id: string;
  /** Fields and values of the group, else the summary. */
  readonly group: string;
  /** What a version may change: everything it says, the events by address. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** A run that failed; the others went on. */
export interface ReplayError {
  readonly name: string;
  /** ISO 8601. */
  readonly slot: string;
  readonly message: string;
}

/** The same for every version, or kept elsewhere. */
const LEFT_OUT = new Set(["events", "utctimestamp", "status", "classname"]);

/** @param fields - What the search groups by; empty when it does not. */
export const replayedAlert = ({ _id, _source }: AlertMessage, slot: Date, fields: readonly string[]): ReplayedAlert => {
  const { events, classname } = _source;
  const content = Object.entries(_source).filter(([key]) => !LEFT_OUT.has(key));
  const [first] = events;
  const values =
    first === undefined ? [] : fields.flatMap((field) => valuesAt(first.documentsource, field).slice(0, 1));
  return {
    name: classname,
    slot: slot.toISOString(),
    id: _id,
    group:
      values.length === 0 || values.length < fields.length
        ? _source.summary
        : `${fields.join(", ")} ${values.map(String).join("|")}`,
    content: {
      ...Object.fromEntries(content),
      events: events.map(({ documentindex, documentid }) => `${documentindex}/${documentid}`),
    },
  };
};
