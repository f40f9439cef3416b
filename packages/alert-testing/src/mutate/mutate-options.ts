import type { AggregationSearch, Search } from "@mozdef/alert";
import type { Mutant } from "./mutant.ts";

const DEFAULT_SAMPLES = 5;
const DEFAULT_INDICES = ["events", "events-previous"];

/** Threshold one up and one down, another field for the groups, each option back to its default. */
export const optionMutants = (search: Search): readonly Mutant[] => [
  ...(search.kind === "aggregation" ? aggregationMutants(search) : []),
  ...indicesMutant(search),
  ...nameMutant(search),
];

const aggregationMutants = ({ field, threshold, samplesLimit }: AggregationSearch): readonly Mutant[] => {
  const other = field === "hostname" ? "category" : "hostname";
  return [
    {
      description: `threshold ${threshold} + 1`,
      suggestion: `No firing case has exactly ${threshold} events in a group. Add one to "fires": events: repeat(${threshold}).`,
      changeSearch: changing({ threshold }, { threshold: threshold + 1 }),
    },
    ...(threshold === 1
      ? []
      : [
          {
            description: `threshold ${threshold} - 1`,
            suggestion: `No silent case has exactly ${threshold - 1} events in a group. Add one to "silent": events: repeat(${threshold - 1}).`,
            changeSearch: changing({ threshold }, { threshold: threshold - 1 }),
          },
        ]),
    {
      description: `aggregate by ${other} instead of ${field}`,
      suggestion: `No case can tell groups by ${field} from groups by ${other}. Add one to "fires" whose events differ in ${other} only, and expect the value of ${field} in the summary.`,
      changeSearch: changing({ field }, { field: other }),
    },
    ...(samplesLimit === DEFAULT_SAMPLES
      ? []
      : [
          {
            description: `drop samplesLimit ${samplesLimit}`,
            suggestion: `No firing case says how many events the alert embeds. Add "embeds" to a case with more than ${DEFAULT_SAMPLES} events in a group: embeds: ${Number.isFinite(samplesLimit) ? samplesLimit : DEFAULT_SAMPLES + 1}.`,
            changeSearch: changing({ samplesLimit }, { samplesLimit: DEFAULT_SAMPLES }),
          },
        ]),
  ];
};

/** Changes options of aggregations that have exactly the values given. */
const changing =
  (from: Partial<AggregationSearch>, to: Partial<AggregationSearch>): NonNullable<Mutant["changeSearch"]> =>
  (search) => {
    if (search.kind !== "aggregation") return null;
    const fits = Object.entries(from).every(([key, value]) => Reflect.get(search, key) === value);
    return fits ? { ...search, ...to } : null;
  };

const indicesMutant = ({ indices }: Search): readonly Mutant[] => {
  const text = indices.join(",");
  if (text === DEFAULT_INDICES.join(",")) return [];
  return [
    {
      description: `drop indices ${text}`,
      suggestion: `No case depends on the indices ${text}. Add one whose events are saved where only they look (setup: (site) => site.saveEvent(event, { index })).`,
      changeSearch: (search) => (search.indices.join(",") === text ? { ...search, indices: DEFAULT_INDICES } : null),
    },
  ];
};

const nameMutant = ({ name }: Search): readonly Mutant[] =>
  name === null
    ? []
    : [
        {
          description: `drop name ${JSON.stringify(name)}`,
          suggestion: `No firing case says under which name it alerts. Add to its alert: classname: ${JSON.stringify(name)}.`,
          changeSearch: (search) => (search.name === name ? { ...search, name: null } : null),
        },
      ];
