import { CODE_POINT_CLASSES } from "./code-points.generated.ts";

/** A regular expression over classes of code points. */
export type ClassPattern =
  | { readonly kind: "set"; readonly classes: readonly number[] }
  | { readonly kind: "sequence"; readonly parts: readonly ClassPattern[] }
  | { readonly kind: "choice"; readonly parts: readonly ClassPattern[] }
  | { readonly kind: "repeat"; readonly part: ClassPattern };

/** One code point out of a set of the Unicode tables. */
export const set = (name: string): ClassPattern => {
  const classes = CODE_POINT_CLASSES.flatMap((names, index) => (names.split(" ").includes(name) ? [index] : []));
  return { kind: "set", classes };
};

/** One part after the other. */
export const sequence = (...parts: readonly ClassPattern[]): ClassPattern => ({ kind: "sequence", parts });

/** Any one of the parts. */
export const choice = (...parts: readonly ClassPattern[]): ClassPattern => ({ kind: "choice", parts });

/** Any number of repetitions, none included. */
export const star = (part: ClassPattern): ClassPattern => ({ kind: "repeat", part });

/** One repetition or more. */
export const plus = (part: ClassPattern): ClassPattern => sequence(part, star(part));

/** The part or nothing. */
export const optional = (part: ClassPattern): ClassPattern => choice(part, sequence());
