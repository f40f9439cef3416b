import { DEFAULT_INDICES, isDefaultIndices } from "@mozdef/alert/runtime";
import { describeSpan } from "@mozdef/alert-explain";
import { kindMutants } from "./kinds/kinds.ts";
import type { Mutant, SearchPlace } from "./mutant/mutant.ts";
import { optionMutant } from "./mutant/option-mutant.ts";

/** Each option back to its default, and what the kind of search has of its own. */
export const optionMutants = (at: SearchPlace): readonly Mutant[] => [
  ...kindMutants(at),
  ...indicesMutant(at),
  ...timeMutant(at),
  ...nameMutant(at),
  ...quietMutant(at),
  ...resolveMutant(at),
  ...coversMutant(at),
];

const indicesMutant = (at: SearchPlace): readonly Mutant[] => {
  if (isDefaultIndices(at.search.indices)) return [];
  const text = at.search.indices.join(",");
  const texts = {
    description: `drop indices ${text}`,
    suggestion: `No case depends on the indices ${text}. Add one whose events are saved where only they look: setup: (site) => site.saveEvent(event, { index }).`,
  };
  return [optionMutant(at, "indices", texts, (search) => ({ ...search, indices: DEFAULT_INDICES }))];
};

const timeMutant = (at: SearchPlace): readonly Mutant[] => {
  if (at.search.time === "any") return [];
  const texts = {
    description: `drop time ${at.search.time}`,
    suggestion:
      'No silent case has events that happened long ago and came in just now. Add one to "silent" whose events have an old time of their own, and no other difference.',
  };
  return [optionMutant(at, "time", texts, (search) => ({ ...search, time: "any" }))];
};

const nameMutant = (at: SearchPlace): readonly Mutant[] => {
  const { name } = at.search;
  if (name === null) return [];
  const texts = {
    description: `drop name ${JSON.stringify(name)}`,
    suggestion: `No firing case says under which name it alerts. Add to its alert: classname: ${JSON.stringify(name)}.`,
  };
  return [optionMutant(at, "name", texts, (search) => ({ ...search, name: null }))];
};

const quietMutant = (at: SearchPlace): readonly Mutant[] => {
  const { quietMs } = at.search;
  if (quietMs === null) return [];
  const span = describeSpan(quietMs);
  const texts = {
    description: `drop quietFor ${span}`,
    suggestion: `No case depends on an alert speaking for later finds. Add one to "fires" with runs: [...] less than ${span} apart, of which the second has new events of the same group and adds no alert.`,
  };
  return [optionMutant(at, "quietFor", texts, (search) => ({ ...search, quietMs: null }))];
};

const resolveMutant = (at: SearchPlace): readonly Mutant[] => {
  const { resolveMs } = at.search;
  if (resolveMs === null) return [];
  const span = describeSpan(resolveMs);
  const texts = {
    description: `drop resolveAfter ${span}`,
    suggestion: `No case depends on an alert ending by itself. Add one to "fires" with runs: [...] of which the last comes ${span} after the alert, has no events of its group, and says resolves: [{ summary: "..." }].`,
  };
  return [optionMutant(at, "resolveAfter", texts, (search) => ({ ...search, resolveMs: null }))];
};

const coversMutant = (at: SearchPlace): readonly Mutant[] => {
  if (at.search.covers === "group") return [];
  const texts = {
    description: `drop covers ${at.search.covers}`,
    suggestion:
      'No case depends on which events an alert covers. Add one to "fires" with more events in a group than the alert carries, and say how many are covered: covers: 1.',
  };
  return [optionMutant(at, "covers", texts, (search) => ({ ...search, covers: "group" }))];
};
