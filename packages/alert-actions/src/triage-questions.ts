import type { AlertMessage } from "@mozdef/alert/runtime";
import { fit, plain } from "./alert-text.ts";

/** How sure it is that the person asked is the one of the alert. */
export type IdentityConfidence = "highest" | "high" | "moderate" | "low" | "lowest";

/** What a person is asked about an alert. */
export interface Asked {
  /** The kind of question, which the bot knows: `sensitive_host_session`. */
  readonly label: string;
  /** What the person reads. */
  readonly text: string;
  /** Who: a mail address, or the name of a user. */
  readonly user: { readonly email: string } | { readonly name: string };
  /** When the mail address is known; with one that is made of the name of a user it is `low`. */
  readonly confidence: IdentityConfidence;
}

/** What is asked about an alert; null: nobody, since the alert does not say who or where it was. */
export type TriageQuestion = (message: AlertMessage) => Asked | null;

const USER = /^[\w.+-]{1,64}$/;
const EMAIL = /^[^\s@\p{Cc}\p{Cf}]{1,64}@[\w.-]{1,253}$/u;
const LONGEST_HOST = 253;

type Source = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Source => typeof value === "object" && value !== null;

const eventOf = ({ _source: { events } }: AlertMessage): Source => events[0]?.documentsource ?? {};

const detailsOf = (message: AlertMessage): Source => {
  const { details } = eventOf(message);
  return isObject(details) ? details : {};
};

const userOf = (value: unknown): Asked["user"] | null =>
  typeof value === "string" && USER.test(value) ? { name: value } : null;

const session = (
  label: string,
  confidence: IdentityConfidence,
  user: Asked["user"] | null,
  host: unknown,
): Asked | null => {
  if (user === null || typeof host !== "string" || host === "") return null;
  const shown = fit(plain(host), LONGEST_HOST);
  const what = label === SENSITIVE ? `the host ${shown}, which may be sensitive` : `the host ${shown}`;
  return { label, confidence, user, text: `A session by SSH was opened with your account on ${what}. Was that you?` };
};

const bypass =
  (label: string, text: string): TriageQuestion =>
  (message) => {
    const { object } = detailsOf(message);
    if (typeof object !== "string" || !EMAIL.test(object)) return null;
    return { label, text, user: { email: object }, confidence: "highest" };
  };

const SENSITIVE = "sensitive_host_session";

/** By the names of MozDef's alerts; labels and places as in MozDef. */
export const QUESTIONS: ReadonlyMap<string, TriageQuestion> = new Map([
  [
    "AlertGenericLoader:ssh_open_crit",
    (message) => session(SENSITIVE, "highest", userOf(detailsOf(message).username), eventOf(message).hostname),
  ],
  [
    "AlertAuthSignRelengSSH",
    (message) => {
      const user = userOf(message._source.summary.split(/\s+/).findLast((word) => word !== ""));
      return session("ssh_access_sign_releng", "high", user, detailsOf(message).hostname);
    },
  ],
  [
    "AlertGenericLoader:duosecurity_bypass_generated",
    bypass(
      "duo_bypass_codes_generated",
      "Bypass codes of Duo were made for your account. Keep them where nobody else finds them. Was that you?",
    ),
  ],
  [
    "AlertGenericLoader:duosecurity_bypass_used",
    bypass(
      "duo_bypass_codes_used",
      "A bypass code of Duo was used to log in to your account, which is usual only for somebody who has lost the second factor. Was that you?",
    ),
  ],
]);
