import type { ExceptionPreview, RequestOf } from "@mozdef/alert-api";
import { visible } from "../shared/visible.ts";

/** An exception as somebody writes it. */
export interface ExceptionDraft {
  readonly field: string;
  /** One a line, of which any fits. */
  readonly values: string;
  readonly reason: string;
  /** `2026-01-31`; empty when nothing is chosen. */
  readonly until: string;
  readonly isForGood: boolean;
}

type Created = RequestOf<"createException">["body"];

const DAY_MS = 86_400_000;

/** Exceptions outlive their reasons: somebody has to look again in a month unless they say otherwise. */
const USUAL_DAYS = 30;

/** A day in UTC so many days on, as a date field has it. */
export const dayIn = (days: number, now: Date): string =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

export const emptyDraft = (now: Date): ExceptionDraft => ({
  ...{ field: "", values: "", reason: "", isForGood: false },
  until: dayIn(USUAL_DAYS, now),
});

/** @throws {Error} saying what is missing. */
export const matchOf = ({ field, values }: Pick<ExceptionDraft, "field" | "values">): Created["match"] => {
  const name = field.trim();
  const wanted = values
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (name === "") throw new Error("Write the name of a field, such as details.sourceipaddress.");
  const [first] = wanted;
  if (first === undefined) throw new Error("Write at least one value, such as 192.0.2.7 or 10.0.0.0/8.");
  return { [name]: wanted.length === 1 ? first : wanted };
};

/** What is sent. A day ends with its last moment in UTC. @throws {Error} saying what is missing. */
export const requestOf = (draft: ExceptionDraft): Omit<Created, "by"> => {
  const match = matchOf(draft);
  const reason = draft.reason.trim();
  if (reason === "") throw new Error("Write why: somebody will ask why the alert was silent.");
  if (draft.isForGood) return { match, reason, until: null };
  if (draft.until === "") throw new Error("Choose the last day, or say that it is for good.");
  return { match, reason, until: new Date(Date.parse(`${draft.until}T00:00:00Z`) + DAY_MS).toISOString() };
};

/** What a preview says, a sentence a search. */
export const previewTexts = ({ searches, moreSearches, errors }: ExceptionPreview): readonly string[] => [
  ...searches.map(
    ({ name, looked, leftOut }) =>
      `${searches.length > 1 ? `${visible(name)}: ` : ""}Would leave out ${leftOut} of the ${looked} events of the last day that the alert finds.`,
  ),
  ...(moreSearches > 0 ? [`It has ${moreSearches} more searches, which were not counted.`] : []),
  ...errors.map(({ message }) => `The alert could not say what it looks for: ${visible(message)}`),
];
