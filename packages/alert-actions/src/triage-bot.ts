import { type AlertAction, type AlertMessage, defineAction, type DeliveryAnswer } from "@mozdef/alert/runtime";
import { z } from "zod";
import { type FindEmail, personApi, type PersonApiOptions, personShape } from "./person-api.ts";
import { type Asked, QUESTIONS, type TriageQuestion } from "./triage-questions.ts";
import { type Called, callJson, secretsOfAddress, type Sending } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { credential, httpAddress, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const schema = z
  .strictObject({
    url: httpAddress,
    token: credential.optional(),
    emailDomain: z
      .string()
      .regex(/^[\w.-]{1,253}$/, "expected a domain, as example.org")
      .default("mozilla.com"),
    person: personShape.optional(),
    questions: z
      .record(
        z.string(),
        z.custom<TriageQuestion>((value) => typeof value === "function", "expected a function"),
      )
      .default({}),
    ...sharedShape,
  })
  .refine(({ events = [] }) => events.every((event) => event === "trigger"), {
    path: ["events"],
    message: "expected trigger only: there is nothing to ask about an alert that is over",
  });

/** The options of {@link triageBot}. */
export interface TriageBotOptions extends SharedOptions {
  /** Where the bot takes messages: each is posted there as JSON. */
  readonly url: string;
  /** Sent to the bot as bearer. Default: none. */
  readonly token?: string;
  /** Behind the name of a user whose mail address is not known otherwise. Default `mozilla.com`. */
  readonly emailDomain?: string;
  /** Where the mail addresses of users are looked up. Default: nowhere. */
  readonly person?: PersonApiOptions;
  /** What is asked about further alerts, by their names; wins over what is built in. Default: MozDef's four alerts alone. */
  readonly questions?: Readonly<Record<string, TriageQuestion>>;
  /** Which alerts. Default: those of which there is a question. */
  readonly registration?: string | readonly string[];
}

/**
 * Has a bot ask the person behind an alert whether it was them, as MozDef's triage bot does: POST `{ identifier, alert, summary, user, identityConfidence }`. What is answered comes back to the service by
 * `POST /api/alerts/:id/status` and as an event of the category `triagebot`. Unlike MozDef, which invokes a function of AWS Lambda, it sends to an address.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see MozDef `alerts/actions/triage_bot.py`
 *
 * @example
 * export default defineConfig({ actions: { triage: triageBot({ url: "https://bot.example.org/ask", token: env("BOT_TOKEN"), emailDomain: "example.org" }) } });
 */
export const triageBot = (options: TriageBotOptions): AlertAction => {
  const read = readOptions("triageBot", schema, options);
  const questions = new Map([...QUESTIONS, ...Object.entries(read.questions)]);
  const registration = read.registration ?? [...questions.keys()].map((name) => name.toLowerCase());
  const emailOf: FindEmail =
    read.person === undefined ? () => Promise.resolve({ email: null }) : personApi(read.person);
  return defineAction({
    kind: "triageBot",
    ...sharedPart({ ...read, registration }),
    send: async (_, context) => {
      const answers: DeliveryAnswer[] = [];
      for (const alert of context.alerts) {
        const asked = questions.get(alert._source.classname)?.(alert);
        if (asked === undefined) answers.push({ refused: "nobody was asked: there is no question about this alert" });
        else if (asked === null)
          answers.push({ refused: "nobody was asked: the alert does not say who or where it was" });
        else answers.push(await askPerson(asked, alert, { ...read, emailOf }, context));
      }
      // What may still succeed is tried again; the bot knows by the identifier what it has asked.
      return answers.find((answer) => answer !== undefined && "retry" in answer) ?? answers.find((answer) => answer);
    },
  });
};

interface Asking {
  readonly url: string;
  readonly token?: string | undefined;
  readonly emailDomain: string;
  readonly emailOf: FindEmail;
}

const askPerson = async (
  { label, text, user, confidence }: Asked,
  { _id }: AlertMessage,
  { url, token, emailDomain, emailOf }: Asking,
  context: Sending,
): Promise<DeliveryAnswer> => {
  const found = "email" in user ? user : await emailOf(user.name, context);
  if ("answer" in found) return found.answer;
  const isKnown = found.email !== null;
  const email = found.email ?? ("name" in user ? `${user.name}@${emailDomain}` : "");
  const body = {
    ...{ identifier: _id, alert: label, summary: text, user: email },
    identityConfidence: isKnown ? confidence : "low",
  };
  const headers = {
    "idempotency-key": _id,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const secrets = [...(token === undefined ? [] : [token]), ...secretsOfAddress(url)];
  return answerOf(await callJson({ method: "POST", url, headers, body, secrets }, context));
};

const answerOf = (called: Called): DeliveryAnswer => ("failure" in called ? called.failure.answer : undefined);
