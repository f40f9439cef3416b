import type { IntakeReport } from "@mozdef/alert-api";
import { HttpError } from "../http/http-error.ts";
import { isRefused, type Outcome, type OutcomeRefused } from "./save-parsed.ts";

/** Refusals that an answer shows, runs of equal ones as one. */
const SHOWN = 100;

type Shown = IntakeReport["refused"][number];

/** Counts what became of the events of one request, and keeps the first reasons. */
export class ReportBuilder {
  readonly #shown: { -readonly [Key in keyof Shown]: Shown[Key] }[] = [];
  #saved = 0;
  #refused = 0;
  #moreRefused = 0;
  #worst: OutcomeRefused | undefined;
  #last: OutcomeRefused | undefined;

  add(outcome: Outcome): void {
    if (!isRefused(outcome)) {
      this.#saved += 1;
      this.#last = undefined;
      return;
    }
    this.#refused += 1;
    if (this.#worst === undefined || (isPassing(outcome) && !isPassing(this.#worst))) this.#worst = outcome;
    this.#show(outcome);
    this.#last = outcome;
  }

  get saved(): number {
    return this.#saved;
  }

  /** The refusal to tell first: one that will pass, since then the request should be sent again; else the first. */
  get worst(): OutcomeRefused | undefined {
    return this.#worst;
  }

  get report(): IntakeReport {
    const more = this.#moreRefused > 0 && { moreRefused: this.#moreRefused };
    return { saved: this.#saved, refused: this.#shown, ...more };
  }

  /** One sentence for a request of which nothing was saved. */
  get message(): string {
    const { line = 0, reason = "" } = this.#worst ?? {};
    return `No event was saved. Line ${line}: ${reason}${this.#refused === 1 ? "" : ` (and ${this.#refused - 1} more)`}`;
  }

  #show({ line, code, reason }: OutcomeRefused): void {
    const last = this.#shown.at(-1);
    const isSame = last !== undefined && this.#last?.code === code && this.#last.reason === reason;
    if (isSame && this.#moreRefused === 0) last.lastLine = line;
    else if (this.#shown.length < SHOWN) this.#shown.push({ line, code, reason });
    else this.#moreRefused += 1;
  }
}

/** Whether the same event may be saved later. */
const isPassing = ({ status }: OutcomeRefused): boolean => status === 429 || status >= 500;

/**
 * Refuses a body in which nothing is JSON as a whole: it is not a list of bad events.
 *
 * @throws {HttpError} `BODY_INVALID`.
 */
export const refuseUnreadable = ({ saved, report: { refused, moreRefused } }: ReportBuilder): void => {
  const [first] = refused;
  if (saved > 0 || moreRefused !== undefined || first === undefined) return;
  if (refused.every(({ code }) => code === "BODY_INVALID"))
    throw new HttpError("BODY_INVALID", `The body is not JSON: line ${first.line}: ${first.reason}`);
};
