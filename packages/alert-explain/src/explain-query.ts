import type { AlertStore } from "@mozdef/alert-store";
import { asOf } from "@mozdef/alert-store";
import { type Answers, askClauses, type ClauseQuestion } from "./ask/ask-clauses.ts";
import type { ExplainedQuery } from "./explained-query.ts";
import type { ClauseExplanation, QueryExplanation } from "./explanation/explanation.ts";
import { type Part, partsOf } from "./parts.ts";
import { reasonsFor, type Reasons } from "./reasons.ts";

/** A query of a search, clause by clause. */
export const explainQuery = async (
  store: AlertStore,
  asked: ExplainedQuery,
  question: ClauseQuestion,
): Promise<QueryExplanation & { readonly alreadyAlerted: number }> => {
  const { event, now } = question;
  const parts = partsOf(asked, now);
  const answers = await askClauses(store, asked, parts, question);
  const reasons = event === undefined ? null : await reasonsFor(store, asked, event, now);
  return {
    label: asked.label,
    indices: asked.source.indices,
    window: windowOf(asked, now),
    looked: answers.looked,
    matching: answers.all,
    clauses: parts.map((part) => clauseOf(part, answers, reasons)),
    alreadyAlerted: lostTo(parts.filter(isRerunGuard), answers),
  };
};

const windowOf = ({ query, source }: ExplainedQuery, slot: Date): QueryExplanation["window"] => {
  const { windowMs } = query.plan;
  if (windowMs === null) return null;
  const { now } = asOf(source, slot);
  return { from: new Date(now.getTime() - windowMs).toISOString(), to: now.toISOString() };
};

/** The clause that keeps events from alerting twice under one name. */
const isRerunGuard = ({ clause }: Part): boolean => clause?.kind === "term" && clause.field === "alert_names";

const lostTo = (parts: readonly Part[], { all, without }: Answers): number =>
  parts.reduce((sum, { id }) => sum + (without.get(id) ?? 0) - all, 0);

const clauseOf = (part: Part, answers: Answers, reasons: Reasons | null): ClauseExplanation => {
  const passes = answers.alone.get(part.id) ?? 0;
  return {
    part: part.part,
    text: part.text,
    passes,
    losesAlone: (answers.without.get(part.id) ?? answers.all) - answers.all,
    reason: reasons === null || passes > 0 ? null : reasons(part),
    inner: part.inner.map((inner) => clauseOf(inner, answers, reasons)),
  };
};
