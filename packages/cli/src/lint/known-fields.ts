import type { FieldKind, FieldKinds } from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";

const MOZDEF: FieldKinds = mozdef;

/** How the store indexes a field; null for a name that events do not have. `declared` are the fields of the pack. */
export const kindOf = (field: string, declared: FieldKinds): FieldKind | null => {
  for (const fields of [declared, MOZDEF]) if (Object.hasOwn(fields, field)) return fields[field] ?? null;
  return field.startsWith("details.") ? "keyword" : null;
};
