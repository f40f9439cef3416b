import type { Random } from "../random.ts";

/** One request of the writer: what each id holds afterwards; null = deleted. */
export interface Operation {
  readonly number: number;
  readonly changes: Readonly<Record<string, number | null>>;
}

/** A line that the writer prints: before it sends a request, and after the store has acknowledged it. */
export type Report = { readonly begin: Operation } | { readonly acknowledged: number };

/** What the store holds: the value of each id. */
export type Model = ReadonlyMap<string, number>;

/** All ids that a writer uses. */
export const IDS: readonly string[] = Array.from({ length: 2_000 }, (_, n) => `d${n}`);

export const randomOperation = (random: Random, number: number): Operation => {
  const size = 1 + random.below(random.below(4) === 0 ? 400 : 5);
  const changes = Array.from({ length: size }, (_, i) => {
    const id = IDS[random.below(IDS.length)] ?? "";
    return [id, random.below(6) === 0 ? null : number * 1000 + i] as const;
  });
  return { number, changes: Object.fromEntries(changes) };
};

/** The lines of the operation as a bulk request. */
export const bulkBody = ({ changes }: Operation): string =>
  Object.entries(changes)
    .map(([_id, n]) =>
      n === null
        ? `${JSON.stringify({ delete: { _id } })}\n`
        : `${JSON.stringify({ index: { _id } })}\n${JSON.stringify({ n, text: `value ${n} of ${_id}` })}\n`,
    )
    .join("");

export const apply = (model: Model, { changes }: Operation): Model => {
  const next = new Map(model);
  for (const [id, value] of Object.entries(changes))
    if (value === null) next.delete(id);
    else next.set(id, value);
  return next;
};

/** An index that is written with one request and deleted with the next, again and again. */
export const ASIDE = "aside";

export const ASIDE_DOCUMENTS = 4_200;

export const asideBody = Array.from(
  { length: ASIDE_DOCUMENTS },
  (_, n) => `${JSON.stringify({ index: {} })}\n${JSON.stringify({ n })}\n`,
).join("");
