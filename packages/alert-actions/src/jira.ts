import {
  type AlertAction,
  type AlertMessage,
  defineAction,
  type DeliveryAnswer,
  type DeliveryContext,
} from "@mozdef/alert/runtime";
import { z } from "zod";
import { fit } from "./alert-text.ts";
import { type JiraDocument, jiraDocument, jiraLine } from "./jira-document.ts";
import { messageText, whoDidWhat } from "./message-text.ts";
import { type Call, callJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { baseAddress, credential, type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";
import { isGrouped, ticketKey } from "./ticket-key.ts";

const label = z.string().regex(/^[^\s"\\]{1,100}$/, "expected a label without spaces");

const schema = z.strictObject({
  url: baseAddress,
  user: z.string().regex(/^[^\s:]{1,200}$/, "expected the address of the account"),
  apiToken: credential,
  project: z.string().regex(/^[A-Z][A-Z0-9_]{1,99}$/, "expected the key of a project, as SEC"),
  issueType: z.string().min(1).max(100).default("Task"),
  labels: z.array(label).max(20).default([]),
  fields: z.record(z.string(), z.json()).default({}),
  resolveTransition: z.string().min(1).max(100).optional(),
  ...messageShape,
});

/** The options of {@link jira}. */
export interface JiraOptions extends MessageOptions {
  /** The site: `https://example.atlassian.net`. */
  readonly url: string;
  /** The mail address of the account that the token is of. */
  readonly user: string;
  readonly apiToken: string;
  /** The key of the project: `SEC`. */
  readonly project: string;
  /** Default `Task`. */
  readonly issueType?: string;
  /** Beside the one that the issue is found again by. Default: none. */
  readonly labels?: readonly string[];
  /** More fields of the issue, as Jira has them: `{ priority: { name: "High" } }`. Default: none. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** The transition that ends an issue, by its name. Default: the first that leads to a status of the category done. */
  readonly resolveTransition?: string;
}

type Read = z.output<typeof schema>;

/** In characters. */
const LONGEST_SUMMARY = 255;

/** Issues of one key that are ended: there is one, unless people have copied its label. */
const MOST_ISSUES = 10;

/**
 * Creates an issue in Jira Cloud for each alert, and ends it by a transition when the alert is closed. An issue has a label by which it is found before another
 * is made: the same for alerts of one `quietFor` group, as long as the issue is not done. With `acknowledge` among the events, who takes care of it is a comment.
 * 400 (a field that the project wants), 401, 403 and 404 are final.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 *
 * @example
 * export default defineConfig({
 *   actions: { tickets: jira({ url: "https://example.atlassian.net", user: "soc@example.org", apiToken: env("JIRA_TOKEN"), project: "SEC" }) },
 * });
 */
export const jira = (options: JiraOptions): AlertAction => {
  const read = readOptions("jira", schema, options);
  return defineAction({
    kind: "jira",
    ...sharedPart(read, ["trigger", "resolve"]),
    send: (message, context) => {
      const ask = asking(read, context);
      if (context.event === "trigger") return create(read, message, context, ask);
      const { event } = context;
      return forEachIssue(read, message, ask, (id) =>
        event === "resolve" ? end(read, id, ask) : comment(id, jiraLine(whoDidWhat(event, context.by)), ask),
      );
    },
  });
};

type Ask = (path: string, method: Call["method"], body?: object) => ReturnType<typeof callJson>;

const asking = ({ url, user, apiToken }: Read, context: DeliveryContext): Ask => {
  const basic = Buffer.from(`${user}:${apiToken}`).toString("base64");
  const headers = { authorization: `Basic ${basic}`, accept: "application/json" };
  return (path, method, body) =>
    callJson(
      { url: `${url}/rest/api/3/${path}`, method, headers, secrets: [apiToken, basic], ...(body && { body }) },
      context,
    );
};

const answersOf = z.object({ issues: z.array(z.object({ id: z.string().regex(/^\d{1,30}$/) })) });

const STRANGE: DeliveryAnswer = { retry: "it answered something else than Jira documents" };

/** The ids of issues of an alert. */
const find = async ({ project }: Read, message: AlertMessage, isOpenOnly: boolean, ask: Ask) => {
  const open = isOpenOnly ? " AND statusCategory != Done" : "";
  const jql = `project = "${project}" AND labels = "${ticketKey(message)}"${open}`;
  const found = await ask("search/jql", "POST", { jql, fields: ["status"], maxResults: MOST_ISSUES });
  if ("failure" in found) return found.failure.answer;
  const { success, data } = answersOf.safeParse(found.json);
  return success ? data.issues.map(({ id }) => id) : STRANGE;
};

const create = async (
  read: Read,
  message: AlertMessage,
  context: DeliveryContext,
  ask: Ask,
): Promise<DeliveryAnswer> => {
  const found = await find(read, message, isGrouped(message), ask);
  if (!Array.isArray(found)) return found;
  if (found.length > 0) return undefined;
  const text = messageText(message, context, read.alertUrl);
  const fields = {
    ...read.fields,
    project: { key: read.project },
    issuetype: { name: read.issueType },
    summary: fit(text.title, LONGEST_SUMMARY),
    description: jiraDocument(text),
    labels: [ticketKey(message), ...read.labels],
  };
  return answerOf(await ask("issue", "POST", { fields }));
};

const forEachIssue = async (
  read: Read,
  message: AlertMessage,
  ask: Ask,
  change: (id: string) => Promise<DeliveryAnswer>,
): Promise<DeliveryAnswer> => {
  const found = await find(read, message, true, ask);
  if (!Array.isArray(found)) return found;
  for (const id of found) {
    const answer = await change(id);
    if (answer !== undefined) return answer;
  }
  return undefined;
};

const transitionsOf = z.object({
  transitions: z.array(
    z.object({
      id: z.string().regex(/^\d{1,30}$/),
      name: z.string(),
      to: z.object({ statusCategory: z.object({ key: z.string() }) }),
    }),
  ),
});

const end = async ({ resolveTransition }: Read, id: string, ask: Ask): Promise<DeliveryAnswer> => {
  const asked = await ask(`issue/${id}/transitions`, "GET");
  if ("failure" in asked) return asked.failure.answer;
  const { success, data } = transitionsOf.safeParse(asked.json);
  if (!success) return STRANGE;
  const chosen = data.transitions.find(({ name, to }) =>
    resolveTransition === undefined ? to.statusCategory.key === "done" : name === resolveTransition,
  );
  if (chosen === undefined) return { refused: noTransition(id, resolveTransition, data.transitions) };
  return answerOf(await ask(`issue/${id}/transitions`, "POST", { transition: { id: chosen.id } }));
};

const noTransition = (id: string, wanted: string | undefined, found: readonly { readonly name: string }[]): string => {
  const expected = wanted === undefined ? "one to a status of the category done" : JSON.stringify(wanted);
  const names = found.map(({ name }) => fit(name, LONGEST_SUMMARY)).join(", ");
  return `issue ${id} has no such transition now: expected ${expected}, found ${names || "none"}`;
};

const comment = async (id: string, body: JiraDocument, ask: Ask): Promise<DeliveryAnswer> =>
  answerOf(await ask(`issue/${id}/comment`, "POST", { body }));

const answerOf = (called: Awaited<ReturnType<typeof callJson>>): DeliveryAnswer =>
  "failure" in called ? called.failure.answer : undefined;
