import { messageOf } from "@mozdef/alert";
import { explainSearch, type QueryExplanation, type SearchExplanation } from "@mozdef/alert-explain";
import { planSearch, type SourceChoice } from "@mozdef/alert/runtime";
import type { Probe } from "../probe/probe-task.ts";
import type { WorkingSite } from "../site/working-site.ts";

/** Why nothing fired, in a few lines: the closest groups, and the clauses that kept events out. */
export const explainSilence = async (site: WorkingSite, probe: Probe, choice: SourceChoice): Promise<string> => {
  const name = probe.task.name;
  if (probe.searches.length === 0) return "  main returned no search.";
  try {
    const now = new Date(site.now);
    const lines: string[] = [];
    for (const search of new Set(probe.searches))
      lines.push(...linesOf(await explainSearch(site.store, planSearch(name, search, choice), { now })));
    return lines.slice(0, MOST_LINES).join("\n");
  } catch (cause) {
    return `  (why cannot be told: ${messageOf(cause)})`;
  }
};

const MOST_LINES = 16;
const MOST_GROUPS = 3;

const linesOf = (search: SearchExplanation): readonly string[] => {
  const { looked, matching } = search;
  const total = `  ${search.name}: ${matching} of ${looked} events fit the search.`;
  if (search.fires) return [`${total} The hook returned no alert.`];
  const queries = search.further.flatMap((query) => [
    `  ${query.label}: ${query.matching} of ${query.looked} events fit.`,
    ...clauseLines(query),
  ]);
  return [total, ...clauseLines(search), ...queries, ...groupLines(search)];
};

/** The clauses that keep events out by themselves say most; when several do so together, those that few events pass. */
const clauseLines = ({ clauses, looked, matching }: QueryExplanation): readonly string[] => {
  if (matching > 0)
    return clauses.flatMap(({ text, losesAlone }) => (losesAlone > 0 ? [`  ${losesAlone} more without: ${text}`] : []));
  return clauses.flatMap(({ text, passes }) => (passes < looked ? [`  ${passes} of ${looked} pass: ${text}`] : []));
};

const groupLines = ({ groups }: SearchExplanation): readonly string[] => {
  if (groups === null) return [];
  const { fields, nearest } = groups;
  // Those of which only another query would have found events are named with the clauses.
  const near = nearest.filter(({ count, lost }) => count > 0 || lost.length === 0).slice(0, MOST_GROUPS);
  const [only] = near;
  if (only === undefined) return [];
  if (only.value === "") return [`  All events: ${only.text}.`];
  const shown = near.map(({ value, text }) => `${JSON.stringify(value)} (${text})`);
  return [`  Closest groups${fields.length === 0 ? "" : ` by ${fields.join(", ")}`}: ${shown.join(", ")}.`];
};
