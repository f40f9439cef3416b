import type { Probe } from "../probe/probe-task.ts";
import type { WorkingSite } from "../site/working-site.ts";

export const explainSilence = (_site: WorkingSite, _probe: Probe): Promise<string> => Promise.resolve("");
