import { type EventSource, valuesAt } from "@mozdef/alert";
import { type AlertStore, askedIndex, asOf, readerOf } from "@mozdef/alert-store";
import type { Clause, EventSchema } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import type { EventFacts } from "./event-facts.ts";
import type { ExplainedQuery } from "./explained-query.ts";
import { type FieldKinds, fieldKinds } from "./field-kinds.ts";
import { describeSpan } from "./describe-span.ts";
import type { Part } from "./parts.ts";
import { reasonOfClause } from "./reason-of-clause.ts";

/** Why an event fails a part of a query, in words; whether it fails is for the store to say. */
export type Reasons = (part: Part) => string;

/** Gathers what the reasons need: the event, the kinds of its fields, the words of its texts. */
export const reasonsFor = async (
  store: AlertStore,
  { query, source }: Pick<ExplainedQuery, "query" | "source">,
  { _index, _id }: { readonly _index: string; readonly _id: string },
  slot: Date,
): Promise<Reasons> => {
  const reader = readerOf(store, source);
  const index = askedIndex(_index, source);
  const { _source } = await reader.client.get<EventSource>({ index: reader.names.physical(index), id: _id });
  const event = _source ?? {};
  const kinds = await fieldKinds(reader, index);
  const { now, schema = mozdefSchema } = asOf(source, slot);
  const { must, mustNot, should, windowMs } = query.plan;
  const words = await analysed(store, textsOf([...must, ...mustNot, ...should], event, kinds));
  const facts = { event, kinds, words };
  return (part) => {
    if (part.part === "window") return windowReason(event, windowMs ?? 0, now, schema);
    if (part.clause === null) return "none of the alternatives fits";
    return part.text.startsWith("not ") ? negativeReason(part.clause, facts) : reasonOfClause(part.clause, facts);
  };
};

/** Texts that clauses compare word by word: those of the event and those of the clauses. */
const textsOf = (clauses: readonly Clause[], event: EventSource, kinds: FieldKinds): ReadonlySet<string> => {
  const texts = new Set<string>();
  const add = (clause: Clause): void => {
    if (clause.kind === "boolean") [...clause.must, ...clause.mustNot, ...clause.should].forEach(add);
    if (!("field" in clause) || kinds.get(clause.field) !== "text") return;
    for (const value of valuesAt(event, clause.field)) texts.add(String(value));
    if ("value" in clause && typeof clause.value === "string") texts.add(clause.value);
  };
  clauses.forEach(add);
  return texts;
};

const analysed = async (
  { client }: AlertStore,
  texts: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const words = new Map<string, readonly string[]>();
  for (const text of texts) {
    const { tokens = [] } = await client.indices.analyze({ analyzer: "standard", text });
    words.set(
      text,
      tokens.map(({ token }) => token),
    );
  }
  return words;
};

const negativeReason = (clause: Clause, { event }: EventFacts): string => {
  if (clause.kind === "term" && clause.field === "alert_names") return "the event has alerted under this name already";
  if (!("field" in clause)) return "the event fits what it must not fit";
  const values = valuesAt(event, clause.field).map((value) => JSON.stringify(value));
  return `the event has ${clause.field} ${values.join(", ")}`;
};

const windowReason = (event: EventSource, windowMs: number, now: Date, { time }: EventSchema): string => {
  const parts = time.map((field) => {
    const [stamp] = valuesAt(event, field);
    const ms = stamp === undefined ? Number.NaN : new Date(stamp as string | number).getTime();
    if (Number.isNaN(ms)) return `${field} is absent`;
    const early = now.getTime() - windowMs - ms;
    return `${field} is ${describeSpan(early > 0 ? early : ms - now.getTime())} ${early > 0 ? "before" : "after"} the window`;
  });
  return parts.join(", ");
};
