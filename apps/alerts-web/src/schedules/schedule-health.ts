import type { Schedule } from "@mozdef/alert-api";

/** How an alert is doing; the worst first. */
export const HEALTHS = ["failing", "warned", "well", "unknown", "off"] as const;

export type Health = (typeof HEALTHS)[number];

type Looked = Pick<Schedule, "enabled" | "lastRun">;

/** Of an alert that is off nobody waits for anything, whatever its last run was like. */
export const healthOf = ({ enabled, lastRun }: Looked): Health => {
  if (!enabled) return "off";
  if (lastRun === null) return "unknown";
  if (lastRun.health === "error") return "failing";
  return (lastRun.warnings ?? []).length > 0 ? "warned" : "well";
};

const LABELS: Readonly<Record<Health, string>> = {
  failing: "Failing",
  warned: "Warning",
  well: "Well",
  unknown: "Not run yet",
  off: "Off",
};

export const healthLabel = (health: Health): string => LABELS[health];

/** What is wrong with the last run, one text a problem. */
export const problemsOf = ({ lastRun }: Looked): readonly string[] =>
  [...(lastRun?.errors ?? []), ...(lastRun?.warnings ?? [])].map(({ message, place }) =>
    place === undefined ? message : `${message} (${place})`,
  );

/** Those that need somebody come first, then by name. */
export const byHealth = <One extends Looked & Pick<Schedule, "name">>(schedules: readonly One[]): readonly One[] =>
  [...schedules].sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));

const rankOf = (schedule: Looked): number => HEALTHS.indexOf(healthOf(schedule));

/** `2 failing, 40 well, 9 off`; only what there is. */
export const healthSummary = (schedules: readonly Looked[]): string =>
  HEALTHS.flatMap((health) => {
    const count = schedules.filter((schedule) => healthOf(schedule) === health).length;
    return count === 0 ? [] : [`${count} ${healthLabel(health).toLowerCase()}`];
  }).join(", ");

type Found = Looked & Pick<Schedule, "name" | "pack" | "about" | "source">;

/** Whether each word of a text stands somewhere in what is known of the alert. */
export const hasWords = (schedule: Found, text: string): boolean => {
  const { name, pack, source, about } = schedule;
  const words = text.toLowerCase().split(/\s+/);
  const known = [name, pack, source, about?.description, ...severitiesOf(schedule), ...(about?.attack ?? [])];
  const everything = [...known, healthLabel(healthOf(schedule)), ...problemsOf(schedule)].join("\n").toLowerCase();
  return words.every((word) => everything.includes(word));
};

/** The severities that its alerts have, the usual one first; none when it does not say. */
export const severitiesOf = ({ about }: Pick<Schedule, "about">): readonly string[] => [about?.severity ?? []].flat();
