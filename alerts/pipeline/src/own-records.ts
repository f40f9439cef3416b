import { fieldNamed } from "@mozdef/query";

const DAY_MS = 86_400_000;

/**
 * Where the service records what came of the slots of today and of yesterday: two indices, not every one that is kept. Patterns, since one
 * that is not there yet is no failure.
 */
export const recentSlots = (now: Date): readonly string[] => [slotsOf(now), slotsOf(new Date(now.getTime() - DAY_MS))];

const slotsOf = (day: Date): string => `slots-${day.toISOString().slice(0, 10).replaceAll("-", "")}*`;

/** Fields of the service's own records, which events do not have. */
export const OWN = {
  health: fieldNamed("health"),
  name: fieldNamed("name"),
  nextat: fieldNamed("nextat"),
  notableCode: fieldNamed("notable.errors.code"),
  refused: fieldNamed("refused"),
  status: fieldNamed("status"),
  target: fieldNamed("target"),
} as const;

const LONGEST = 300;

/** The first line of a message, as far as a summary has room; the details have all of it. */
export const inShort = (message: string): string => {
  const [line = ""] = message.split("\n", 1);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};
