import type { AliasField, LeafField, ObjectField } from "./field.ts";

/**
 * What a flat object knows below one path, by single keys: joining the parts of each name of each document to look it up takes longer
 * than everything else that is done with its value.
 */
export interface FlatNames {
  /** With a dot at its end; "" for the flat object itself. */
  readonly prefix: string;
  readonly leaves: ReadonlyMap<string, LeafField | AliasField>;
  readonly below: ReadonlyMap<string, FlatNames>;
}

interface Growing extends FlatNames {
  readonly leaves: Map<string, LeafField | AliasField>;
  readonly below: Map<string, Growing>;
}

/** The names of a flat object. Keys of documents that have dots themselves are not found in it. */
export const flatNames = ({ properties }: ObjectField): FlatNames => {
  const root = growing("");
  for (const [name, field] of properties) if (field.kind !== "object") add(root, name, field);
  return root;
};

const growing = (prefix: string): Growing => ({ prefix, leaves: new Map(), below: new Map() });

const add = (root: Growing, name: string, field: LeafField | AliasField): void => {
  let at = root;
  let start = 0;
  for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", start)) {
    const key = name.slice(start, dot);
    const inner = at.below.get(key) ?? growing(name.slice(0, dot + 1));
    at.below.set(key, inner);
    at = inner;
    start = dot + 1;
  }
  at.leaves.set(name.slice(start), field);
};
