import type { Ranges } from "./automaton.ts";

/** A parsed regular expression. */
export type RegexpNode =
  | { readonly kind: "union" | "concatenation"; readonly parts: readonly RegexpNode[] }
  | { readonly kind: "intersection"; readonly left: RegexpNode; readonly right: RegexpNode }
  | { readonly kind: "repeat"; readonly part: RegexpNode; readonly min: number; readonly max: number }
  | { readonly kind: "complement"; readonly part: RegexpNode }
  | { readonly kind: "set"; readonly ranges: Ranges }
  | { readonly kind: "nothing" }
  | { readonly kind: "anything" }
  | { readonly kind: "interval"; readonly min: number; readonly max: number; readonly digits: number }
  | { readonly kind: "named"; readonly name: string };
