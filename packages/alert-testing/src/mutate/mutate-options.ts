import { DEFAULT_INDICES } from "@mozdef/alert/runtime";
import { kindMutants } from "./kinds/kinds.ts";
import type { Mutant, SearchPlace } from "./mutant/mutant.ts";
import { optionMutant } from "./mutant/option-mutant.ts";

/** Each option back to its default, and what the kind of search has of its own. */
export const optionMutants = (at: SearchPlace): readonly Mutant[] => [
  ...kindMutants(at),
  ...indicesMutant(at),
  ...timeMutant(at),
  ...nameMutant(at),
];

const indicesMutant = (at: SearchPlace): readonly Mutant[] => {
  const text = at.search.indices.join(",");
  if (text === DEFAULT_INDICES.join(",")) return [];
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
