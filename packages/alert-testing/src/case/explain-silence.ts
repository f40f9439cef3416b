import { messageOf } from "@mozdef/alert";
import { explainSearch, type SearchExplanation } from "@mozdef/alert-explain";
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
  const total = `  ${search.name}: ${search.matching} of ${search.looked} events fit the search.`;
  if (search.fires) return [`${total} The hook returned no alert.`];
  return [total, ...clauseLines(search), ...groupLines(search)];
};

/** The clauses that keep events out by themselves say most; when several do so together, those that few events pass. */
const clauseLines = ({ clauses, looked, matching }: SearchExplanation): readonly string[] => {
  if (matching > 0)
    return clauses.flatMap(({ text, losesAlone }) => (losesAlone > 0 ? [`  ${losesAlone} more without: ${text}`] : []));
  return clauses.flatMap(({ text, passes }) => (passes < looked ? [`  ${passes} of ${looked} pass: ${text}`] : []));
};

const groupLines = ({ aggregation }: SearchExplanation): readonly string[] => {
  if (aggregation === null) return [];
  const near = aggregation.groups.filter(({ count }) => count > 0).slice(0, MOST_GROUPS);
  if (near.length === 0) return [];
  const shown = near.map(({ value, count }) => `${JSON.stringify(value)} (${count})`);
  return [`  Closest groups by ${aggregation.field}, threshold ${aggregation.threshold}: ${shown.join(", ")}.`];
};
