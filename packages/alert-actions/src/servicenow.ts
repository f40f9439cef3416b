import {
  type AlertAction,
  type AlertMessage,
  defineAction,
  type DeliveryAnswer,
  DELIVERY_EVENTS,
  type DeliveryContext,
} from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit, fitLines, textLines } from "./alert-text.ts";
import { messageText, whoDidWhat } from "./message-text.ts";
import { type Call, callJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { baseAddress, credential, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";
import { isGrouped, ticketKey } from "./ticket-key.ts";

const schema = z
  .strictObject({
    url: baseAddress,
    user: z
      .string()
      .regex(/^[^\p{C}:]{1,200}$/u, "expected the name of a user")
      .optional(),
    password: z.string().min(1).max(500).optional(),
    token: credential.optional(),
    table: z
      .string()
      .regex(/^[a-z]\w{0,79}$/, "expected the name of a table, as incident")
      .default("incident"),
    fields: z.record(z.string(), z.string()).default({}),
    closeCode: z.string().min(1).max(100).default("Solution provided"),
    ...messageShape,
  })
  .refine(({ user, password, token }) => (token === undefined) === (user !== undefined && password !== undefined), {
    path: ["token"],
    message: "expected token, or user and password",
  });

/** The options of {@link servicenow}: `token`, or `user` and `password`. */
export interface ServicenowOptions extends MessageOptions {
  /** The instance: `https://example.service-now.com`. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** A bearer token of OAuth. */
  readonly token?: string;
  /** Default `incident`. */
  readonly table?: string;
  /** More fields of a new record, by the names of its columns: `{ assignment_group: "SOC" }`. Default: none. */
  readonly fields?: Readonly<Record<string, string>>;
  /** How an incident was solved, one of those that the instance has. Default `Solution provided`. */
  readonly closeCode?: string;
}

type Read = z.output<typeof schema>;

/** In characters. */
const LONGEST = { short: 160, description: 4_000, note: 1_000 };

/** Urgency and impact; the instance makes the priority of them. */
const LEVELS: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "1"],
  ["ERROR", "2"],
]);

const STATES = { inProgress: "2", resolved: "6" };

/**
 * Creates an incident of ServiceNow for each alert by the Table API, sets it to work in progress when somebody takes care of the alert and resolves it when the alert is
 * closed. Its `correlation_id` is that of the alert, by which it is found before another is made: the same for alerts of one `quietFor` group, as long as
 * the incident is active. 400, 401, 403 and 404 are final.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html
 *
 * @example
 * export default defineConfig({
 *   actions: { tickets: servicenow({ url: "https://example.service-now.com", user: "mozdef", password: env("SERVICENOW_PASSWORD") }) },
 * });
 */
export const servicenow = (options: ServicenowOptions): AlertAction => {
  const read = readOptions("servicenow", schema, options);
  return defineAction({
    kind: "servicenow",
    ...sharedPart(read, DELIVERY_EVENTS),
    send: async (message, context) => {
      const ask = asking(read, context);
      const found = await find(message, context.event !== "trigger" || isGrouped(message), ask);
      if (!Array.isArray(found)) return found;
      if (context.event !== "trigger") return await change(found, changeOf(read, context), ask);
      return found.length > 0 ? undefined : answerOf(await ask("", "POST", recordOf(read, message, context)));
    },
  });
};

type Ask = (path: string, method: Call["method"], body?: object) => ReturnType<typeof callJson>;

const asking = ({ url, user, password, token, table }: Read, context: DeliveryContext): Ask => {
  const basic = Buffer.from(`${user}:${password}`).toString("base64");
  const authorization = token === undefined ? `Basic ${basic}` : `Bearer ${token}`;
  const secrets = [token, password, basic].filter((secret) => secret !== undefined);
  const headers = { authorization, accept: "application/json" };
  return (path, method, body) =>
    callJson({ url: `${url}/api/now/table/${table}${path}`, method, headers, secrets, ...(body && { body }) }, context);
};

const answersOf = z.object({ result: z.array(z.object({ sys_id: z.string().regex(/^[0-9a-f]{32}$/i) })) });

/** The ids of incidents of an alert. */
const find = async (message: AlertMessage, isActiveOnly: boolean, ask: Ask) => {
  const query = new URLSearchParams({
    sysparm_query: `correlation_id=${ticketKey(message)}${isActiveOnly ? "^active=true" : ""}`,
    sysparm_fields: "sys_id",
    sysparm_limit: "10",
  });
  const found = await ask(`?${query.toString()}`, "GET");
  if ("failure" in found) return found.failure.answer;
  const { success, data } = answersOf.safeParse(found.json);
  if (!success) return { retry: "it answered something else than ServiceNow documents" };
  return data.result.map((one) => one.sys_id);
};

const change = async (ids: readonly string[], fields: object, ask: Ask): Promise<DeliveryAnswer> => {
  for (const id of ids) {
    const answer = answerOf(await ask(`/${id}`, "PATCH", fields));
    if (answer !== undefined) return answer;
  }
  return undefined;
};

const changeOf = ({ closeCode }: Read, { event, by }: DeliveryContext): object => {
  const note = fit(`${whoDidWhat(event === "resolve" ? event : "acknowledge", by)} in MozDef.`, LONGEST.note);
  return event === "resolve"
    ? { state: STATES.resolved, close_code: closeCode, close_notes: note }
    : { state: STATES.inProgress, work_notes: note };
};

const recordOf = (read: Read, message: AlertMessage, context: DeliveryContext): object => {
  const text = messageText(message, context, read.alertUrl);
  const level = LEVELS.get(text.severity) ?? "3";
  const lines = [text.title, ...textLines(text), ...(text.link === undefined ? [] : [text.link])];
  return {
    urgency: level,
    impact: level,
    ...read.fields,
    short_description: fit(text.title, LONGEST.short),
    description: fitLines(lines, LONGEST.description),
    correlation_id: ticketKey(message),
    correlation_display: "MozDef",
  };
};

const answerOf = (called: Awaited<ReturnType<typeof callJson>>): DeliveryAnswer =>
  "failure" in called ? called.failure.answer : undefined;
