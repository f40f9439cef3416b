import type { EventSchema, OtherField } from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";
import { standInFor } from "@mozdef/query/tools";
import type { EventSource } from "../document/event.ts";
import { valueAt } from "../document/value-at.ts";

/** An event of another shape as MozDef would have it: what stands for its fields, and nothing else. */
export const asMozdef = (event: EventSource, schema: EventSchema): EventSource => {
  const shown: Record<string, unknown> = {};
  for (const name of Object.keys(schema.names ?? {})) {
    const standIn = standInFor(name, schema);
    const value = "value" in standIn ? standIn.value : valueOf(name, event, standIn);
    if (value !== undefined) put(shown, name.split("."), value);
  }
  return shown;
};

const valueOf = (name: string, event: EventSource, { field, also = [], values }: OtherField): unknown => {
  for (const place of [field, ...also]) {
    const found = valueAt(event, place);
    if (found === undefined || found === null) continue;
    const value = Array.isArray(found) && name !== "tags" ? (found as unknown[])[0] : found;
    return values === undefined ? value : meaning(name, values, value);
  }
  return undefined;
};

const meaning = (name: string, values: NonNullable<OtherField["values"]>, value: unknown): unknown => {
  const entry = Object.entries(values).find(([, others]) => [others].flat().includes(String(value)));
  if (entry === undefined) return undefined;
  return isBoolean(name) ? entry[0] === "true" : entry[0];
};

const isBoolean = (name: string): boolean =>
  Object.hasOwn(mozdef, name) && (mozdef as Readonly<Record<string, string>>)[name] === "boolean";

const put = (into: Record<string, unknown>, [head = "", ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner = (into[head] ??= {});
  if (typeof inner === "object") put(inner as Record<string, unknown>, rest, value);
};
