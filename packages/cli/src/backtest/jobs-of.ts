import type { Target } from "../packs/find-target.ts";
import type { BacktestSettings } from "./backtest-settings.ts";
import type { OtherVersion } from "./other-version/version-folder.ts";
import type { ReplayJob } from "./replay-job.ts";

/** Alerts in a process of their own. */
const LEAST_ALERTS = 4;

/** The alerts of this version in as many jobs as may run at once, those of the other version in one more. */
export const jobsOf = (
  { pack, alerts, isNamed }: Target,
  other: OtherVersion | null,
  {
    common,
    atOnce,
    resume,
    includesDisabled,
  }: Pick<BacktestSettings, "common" | "atOnce" | "resume" | "includesDisabled">,
): { readonly own: readonly ReplayJob[]; readonly others: readonly ReplayJob[] } => {
  if (alerts.length === 0) return { own: [], others: [] };
  // Every process reads all events: a part has to be worth that.
  const parts = Math.max(1, Math.min(other === null ? atOnce : atOnce - 1, Math.ceil(alerts.length / LEAST_ALERTS)));
  const { name, path, entry } = pack;
  const named = (part: string): string | null => (resume === null ? null : `${resume}${part}`);
  return {
    own: Array.from({ length: parts }, (_, part): ReplayJob => ({
      ...common,
      pack: { name, path, entry },
      alerts: alerts.filter((_name, index) => index % parts === part),
      gone: null,
      resume: named(part === 0 ? "" : `.${part}`),
    })),
    others:
      other === null
        ? []
        : [
            {
              ...common,
              pack: other.folder,
              alerts,
              // Who names an alert does not ask for others.
              gone: isNamed ? null : { known: [...pack.runnables.byName.keys()], includesDisabled },
              resume: named(".against"),
            },
          ],
  };
};
