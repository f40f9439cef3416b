import { messageOf } from "@mozdef/alert";
import { EngineError } from "../engine-error.ts";
import { type Match, type Matcher, readMatch } from "./matcher.ts";

/** Alerts that are stored and not sent for a time, since somebody knows of them. */
export interface Silence {
  readonly id: string;
  readonly match: Match;
  readonly from: Date;
  readonly until: Date;
  /** Who, and why. */
  readonly by: string;
  readonly reason: string;
  readonly createdAt: Date;
  /** Who has changed it last, and when; null when nobody has. */
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

/** A silence as somebody wants it. */
export interface SilenceRequest extends Pick<Silence, "match" | "until" | "reason" | "by"> {
  /** Default: now. */
  readonly from?: Date | undefined;
}

export type SilenceState = "active" | "pending" | "expired";

/** By itself: nobody has to end it. */
export const silenceState = ({ from, until }: Pick<Silence, "from" | "until">, now: Date): SilenceState =>
  until <= now ? "expired" : from <= now ? "active" : "pending";

/** Longer is a switch, and alerts are switched off elsewhere. */
const LONGEST_DAYS = 366;

/**
 * A request, checked.
 *
 * @throws {EngineError} `SILENCE_INVALID`.
 */
export const checkSilence = (
  { match, from, until, reason, by }: SilenceRequest,
  now: Date,
): Omit<SilenceRequest, "from"> & { readonly from: Date } => {
  const begins = from ?? now;
  try {
    readMatch(match);
  } catch (cause) {
    throw new EngineError("SILENCE_INVALID", `The silence is wrong: match: ${messageOf(cause)}.`, { cause });
  }
  if (Object.keys(match).length === 0)
    throw new EngineError(
      "SILENCE_INVALID",
      "The silence is wrong: match: expected at least one field, since it would mute every alert.",
    );
  if (until <= begins || until <= now)
    throw new EngineError("SILENCE_INVALID", "The silence is wrong: until: expected a time in the future, after from.");
  if (until.getTime() - begins.getTime() > LONGEST_DAYS * 86_400_000)
    throw new EngineError(
      "SILENCE_INVALID",
      `The silence is wrong: until: expected at most ${LONGEST_DAYS} days after from.`,
    );
  return { match, from: begins, until, reason, by };
};

/** A silence with its matcher, read once. */
export interface ReadSilence {
  readonly silence: Silence;
  readonly matches: Matcher;
}

/** One that cannot be read mutes nothing: it was checked before it was stored. */
export const readSilence = (silence: Silence): ReadSilence => {
  try {
    return { silence, matches: readMatch(silence.match) };
  } catch {
    return { silence, matches: () => false };
  }
};
