import type { RelatedEntity, StoredEvent } from "@mozdef/alert-api";
import { valueAt } from "../search/event-cells.ts";
import { clauseOf, quoted } from "../search/query-text.ts";
import { flatten } from "../shared/flatten.ts";

type Entity = Pick<RelatedEntity, "kind" | "value">;

/** Events that are looked at for the fields in which an entity stands. */
const LOOKED_AT = 25;
const MOST_FIELDS = 4;

/** Finds the events about an entity: by the fields in which the events of the alert have it, else wherever it stands. */
export const searchTextOf = (entity: Entity, events: readonly StoredEvent[]): string => {
  const fields = fieldsWith(entity, events);
  if (fields.length === 0) return quoted(entity.value);
  return fields.map((field) => clauseOf(field, entity.value)).join(" OR ");
};

const fieldsWith = ({ kind, value }: Entity, events: readonly StoredEvent[]): readonly string[] => {
  const fields = events.slice(0, LOOKED_AT).flatMap(({ _source }) =>
    flatten(_source)
      .map(({ name }) => name)
      .filter((name) => [valueAt(_source, name)].flat().some((one) => isSame(one, value))),
  );
  // 22 is a port, a count and a day.
  const fitting = kind === "port" ? fields.filter((name) => name.toLowerCase().includes("port")) : fields;
  return [...new Set(fitting)].slice(0, MOST_FIELDS);
};

const isSame = (one: unknown, value: string): boolean =>
  (typeof one === "string" || typeof one === "number") && String(one) === value;
