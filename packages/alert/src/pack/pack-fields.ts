import type { FieldKind, FieldKinds } from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";
import { AlertError } from "../alert-error.ts";
import type { AlertPack } from "./pack.ts";

/** The fields of several packs. */
export interface PackFields {
  /** What all packs declare; of a disputed field what the first one says. */
  readonly fields: FieldKinds;
  /** An error for each declaration that was left out. */
  readonly conflicts: readonly { readonly source: string; readonly error: AlertError }[];
}

interface Declared {
  readonly name: string;
  readonly kind: FieldKind;
  readonly source: string;
}

/**
 * Merges the fields of packs, for the mapping of events.
 *
 * One field has one kind: a declaration that disagrees with MozDef or with an earlier pack is left out and reported as
 * `PACK_FIELD_CONFLICT`, naming both. So is a field below another one that has a value of its own; only a keyword may have
 * fields below it.
 *
 * @param packs - In the order in which they were loaded; `source` names each in messages.
 */
export const fieldsOfPacks = (
  packs: readonly { readonly source: string; readonly pack: Pick<AlertPack, "fields"> }[],
): PackFields => {
  const known = new Map<string, Declared>(declaredBy("MozDef", mozdef));
  const fields: Record<string, FieldKind> = {};
  const conflicts: { source: string; error: AlertError }[] = [];
  for (const { source, pack } of packs)
    for (const [name, declared] of declaredBy(source, pack.fields)) {
      const other = known.get(name) ?? disputed(declared, known);
      if (other === undefined || (other.name === name && other.kind === declared.kind)) {
        if (other === undefined) known.set(name, declared);
        fields[name] = declared.kind;
      } else conflicts.push({ source, error: conflict(declared, other) });
    }
  return { fields, conflicts };
};

const declaredBy = (source: string, fields: FieldKinds): [string, Declared][] =>
  Object.entries(fields).map(([name, kind]) => [name, { name, kind, source }]);

/** A field above or below this one that cannot be an object and a value at once. */
const disputed = (declared: Declared, known: ReadonlyMap<string, Declared>): Declared | undefined =>
  [...known.values()].find(
    (other) =>
      (other.kind !== "keyword" && declared.name.startsWith(`${other.name}.`)) ||
      (declared.kind !== "keyword" && other.name.startsWith(`${declared.name}.`)),
  );

const conflict = (declared: Declared, other: Declared): AlertError =>
  new AlertError(
    "PACK_FIELD_CONFLICT",
    `${declared.source} declares ${declared.name} as ${declared.kind}, but ${other.source} declares ${other.name} as ${other.kind}. A field has one kind: change one of the two declarations, or leave one of the packs out.`,
  );
