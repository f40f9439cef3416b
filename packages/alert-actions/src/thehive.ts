import {
  type AlertAction,
  type AlertMessage,
  defineAction,
  type DeliveryAnswer,
  type DeliveryContext,
} from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { z } from "zod";
import { fit, fitLines, plain, textLines } from "./alert-text.ts";
import { escapeMarkdown } from "./escape.ts";
import { messageText } from "./message-text.ts";
import { type Call, callJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { baseAddress, credential, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";

const name = z.string().min(1).max(32);

const schema = z
  .strictObject({
    url: baseAddress,
    apiKey: credential,
    organisation: z
      .string()
      .regex(/^[\x20-\x7E]{1,100}$/, "expected the name of an organisation")
      .optional(),
    type: name.default("mozdef"),
    source: name.default("MozDef"),
    tlp: z.number().int().min(0).max(4).default(2),
    pap: z.number().int().min(0).max(3).default(2),
    resolveStatus: z.string().min(1).max(64).default("Ignored"),
    ...messageShape,
  })
  .refine(({ events }) => events?.includes("acknowledge") !== true, {
    path: ["events"],
    message: "expected trigger and resolve only: TheHive has no status for an alert that somebody takes care of",
  });

/** The options of {@link thehive}. */
export interface ThehiveOptions extends MessageOptions {
  /** Where TheHive 5 is: `https://thehive.example.org`. */
  readonly url: string;
  /** The key of a user that may manage alerts. */
  readonly apiKey: string;
  /** Default: that of the user. */
  readonly organisation?: string;
  /** Default `mozdef`. */
  readonly type?: string;
  /** Default `MozDef`. */
  readonly source?: string;
  /** Traffic Light Protocol: 0 clear, 1 green, 2 amber, 3 amber and strict, 4 red. Default 2. */
  readonly tlp?: number;
  /** Permissible Actions Protocol: 0 clear to 3 red. Default 2. */
  readonly pap?: number;
  /** The status that an alert gets when it is closed here. Default `Ignored`. */
  readonly resolveStatus?: string;
}

type Read = z.output<typeof schema>;

/** In characters; tags also in number. */
const LONGEST = { title: 512, description: 15_000, reference: 128, tag: 128, tags: 50 };

const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ["CRITICAL", 4],
  ["ERROR", 3],
  ["WARNING", 2],
]);

/**
 * Creates an alert of TheHive 5, whose reference is the id of the alert: TheHive takes each only once, and that it has one already counts as done. When the
 * alert is closed here, its status there is set, unless it has become a case. 401, 403 and all other 400 are final.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://docs.strangebee.com/thehive/api-docs/
 *
 * @example
 * export default defineConfig({ actions: { cases: thehive({ url: "https://thehive.example.org", apiKey: env("THEHIVE_KEY") }) } });
 */
export const thehive = (options: ThehiveOptions): AlertAction => {
  const read = readOptions("thehive", schema, options);
  return defineAction({
    kind: "thehive",
    ...sharedPart(read, ["trigger", "resolve"]),
    send: (message, context) => {
      const ask = asking(read, context);
      return context.event === "trigger" ? create(alertOf(read, message, context), ask) : close(read, message, ask);
    },
  });
};

type Ask = (path: string, method: Call["method"], body: object) => ReturnType<typeof callJson>;

const asking = ({ url, apiKey, organisation }: Read, context: DeliveryContext): Ask => {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: "application/json",
    ...(organisation !== undefined && { "x-organisation": organisation }),
  };
  return (path, method, body) =>
    callJson({ url: `${url}/api/v1/${path}`, method, headers, body, secrets: [apiKey] }, context);
};

const create = async (alert: object, ask: Ask): Promise<DeliveryAnswer> => {
  const called = await ask("alert", "POST", alert);
  if (!("failure" in called)) return undefined;
  const { status, start, answer } = called.failure;
  return status === 400 && start.includes('"CreateError"') && /already exist/i.test(start) ? undefined : answer;
};

/** Of an alert whose id no reference takes, its hash. */
const referenceOf = ({ _id }: AlertMessage): string =>
  _id.length <= LONGEST.reference && plain(_id) === _id ? _id : createHash("sha256").update(_id).digest("hex");

const alertOf = (read: Read, message: AlertMessage, context: DeliveryContext): object => {
  const text = messageText(message, context, read.alertUrl);
  const date = Date.parse(message._source.utctimestamp);
  return {
    type: read.type,
    source: read.source,
    sourceRef: referenceOf(message),
    title: fit(text.title, LONGEST.title),
    description: fitLines([text.title, "", ...textLines(text)], LONGEST.description, escapeMarkdown),
    severity: SEVERITIES.get(text.severity) ?? 1,
    ...(!Number.isNaN(date) && { date }),
    tags: message._source.tags.slice(0, LONGEST.tags).map((tag) => fit(plain(tag), LONGEST.tag)),
    tlp: read.tlp,
    pap: read.pap,
    ...(text.link !== undefined && { externalLink: text.link }),
  };
};

const foundAlerts = z.array(z.object({ _id: z.string().regex(/^~?\w{1,100}$/), stage: z.string().optional() }));

const close = async (read: Read, message: AlertMessage, ask: Ask): Promise<DeliveryAnswer> => {
  const equal = (field: string, value: string): object => ({ _eq: { _field: field, _value: value } });
  const which = [equal("type", read.type), equal("source", read.source), equal("sourceRef", referenceOf(message))];
  const asked = await ask("query", "POST", {
    query: [{ _name: "listAlert" }, { _name: "filter", _and: which }, { _name: "page", from: 0, to: 1 }],
  });
  if ("failure" in asked) return asked.failure.answer;
  const { success, data } = foundAlerts.safeParse(asked.json);
  if (!success) return { retry: "it answered something else than TheHive documents" };
  const [found] = data;
  // A case has a life of its own.
  if (found === undefined || found.stage === "Imported" || found.stage === "Closed") return undefined;
  const changed = await ask(`alert/${found._id}`, "PATCH", { status: read.resolveStatus });
  return "failure" in changed ? changed.failure.answer : undefined;
};
