import { valuesAt } from "@mozdef/alert";
import type { AlertDocument } from "@mozdef/alert/runtime";
import { entitiesOf } from "@mozdef/alert-store";

/** An alert as rules about it see it; in lists its events are left out, and what they name is beside it. */
export type SeenAlert = Omit<AlertDocument, "events"> &
  Partial<Pick<AlertDocument, "events">> & { readonly entities?: Readonly<Record<string, unknown>> };

/** Shorter names of fields of alerts. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["name", "classname"],
  ["tag", "tags"],
  ["group", "groupkey"],
]);

/** What the events of an alert name, under the same names for every kind of event. */
const ENTITIES: readonly string[] = ["ip", "user", "host", "port"];

/**
 * The values of a field of an alert as texts, none when it has none: a list has several. `ip`, `user`, `host` and `port` are
 * whatever its events name.
 */
export const alertValues = (alert: SeenAlert, field: string): readonly string[] => {
  if (ENTITIES.includes(field)) return entityValues(alert, field);
  return valuesAt(alert, ALIASES.get(field) ?? field).map(String);
};

const entityValues = ({ entities, events = [] }: SeenAlert, field: string): readonly string[] =>
  entities === undefined
    ? entitiesOf({ events })[field as keyof ReturnType<typeof entitiesOf>]
    : valuesAt(entities, field).map(String);
