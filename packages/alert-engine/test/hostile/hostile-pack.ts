import { definePack, interval } from "@mozdef/alert";
import { countingPack, doorPack, silencePack } from "../scheduled-alerts.ts";
import { againstEngine } from "./against-engine.ts";
import { againstOthers } from "./against-others.ts";
import { againstProcess } from "./against-process.ts";

export const GOOD_PACKS = [doorPack, silencePack, countingPack];

const all = { ...againstProcess, ...againstOthers, ...againstEngine };
for (const [name, task] of Object.entries(all)) Object.defineProperty(task, "name", { value: name });

export const HOSTILE = Object.keys(all);

/** Each of them at each minute. */
export const hostilePack = definePack({
  alerts: Object.fromEntries(
    Object.entries(all).map(([name, task]) => [name, { task, schedule: interval({ minutes: 1 }) }]),
  ),
});
