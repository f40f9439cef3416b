import { jira, type JiraOptions } from "@mozdef/alert-actions/jira";
import { expect, it } from "vitest";
import { hostileMessage, message, send } from "./receiver.ts";
import { openTicketServer, type TicketAnswer, type TicketRequest } from "./ticket-server.ts";

interface Issue {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>> & { readonly labels: readonly string[] };
  isDone: boolean;
  readonly comments: unknown[];
}

/** A Jira that checks what it documents: a summary of one line, labels without spaces, a document for a description, JQL by label. */
const openJira = async (failing?: (request: TicketRequest) => TicketAnswer | undefined) => {
  const issues: Issue[] = [];
  const server = await openTicketServer((request) => failing?.(request) ?? answer(issues, request));
  return { ...server, issues };
};

const answer = (issues: Issue[], { method, path, body }: TicketRequest): TicketAnswer => {
  if (path === "/rest/api/3/search/jql") return searched(issues, body as { readonly jql: string });
  if (path === "/rest/api/3/issue" && method === "POST") return created(issues, body as Pick<Issue, "fields">);
  const [, id, what] = /^\/rest\/api\/3\/issue\/(\d+)\/(\w+)$/.exec(path) ?? [];
  const issue = issues.find((one) => one.id === id);
  if (issue === undefined) return { status: 404, json: { errorMessages: ["Issue does not exist"] } };
  if (what === "comment") return { status: 201, json: { id: String(issue.comments.push(body)) } };
  if (method === "GET") return { json: { transitions: TRANSITIONS } };
  const { transition } = body as { readonly transition: { readonly id: string } };
  if (!["31", "41"].includes(transition.id)) return { status: 400, json: { errorMessages: ["no such transition"] } };
  issue.isDone = true;
  return { status: 204 };
};

const TRANSITIONS = [
  { id: "21", name: "Start", to: { name: "In Progress", statusCategory: { key: "indeterminate" } } },
  { id: "31", name: "Finish", to: { name: "Done", statusCategory: { key: "done" } } },
  { id: "41", name: "Reject", to: { name: "Rejected", statusCategory: { key: "done" } } },
];

const searched = (issues: readonly Issue[], { jql }: { readonly jql: string }): TicketAnswer => {
  const [, label = "", open] =
    /^project = "SEC" AND labels = "([\w-]+)"( AND statusCategory != Done)?$/.exec(jql) ?? [];
  if (label === "") return { status: 400, json: { errorMessages: [`Error in the JQL Query: ${jql}`] } };
  const found = issues.filter(({ fields, isDone }) => fields.labels.includes(label) && !(open && isDone));
  return { json: { issues: found.map(({ id }) => ({ id })), isLast: true } };
};

const created = (issues: Issue[], { fields }: Pick<Issue, "fields">): TicketAnswer => {
  const { summary, description, labels } = fields;
  const errors = {
    ...((typeof summary !== "string" || summary.length > 255 || summary.includes("\n")) && { summary: "invalid" }),
    ...((description as { readonly type: string }).type !== "doc" && { description: "not a document" }),
    ...(labels.some((label) => /\s/.test(label)) && { labels: "has spaces" }),
    ...(JSON.stringify(description).includes('"text":""') && { description: "an empty text" }),
  };
  if (Object.keys(errors).length > 0) return { status: 400, json: { errorMessages: [], errors } };
  const id = String(10_000 + issues.length);
  issues.push({ id, fields, isDone: false, comments: [] });
  return { status: 201, json: { id, key: `SEC-${issues.length}` } };
};

const options = { user: "soc@example.org", apiToken: "token-1234567", project: "SEC" } as const;

const acting = (url: string, more: Partial<JiraOptions> = {}) => jira({ url, ...options, ...more });

it("creates an issue with a document, the labels and fields of the configuration", async () => {
  const { asked, issues, url } = await openJira();
  const action = acting(`${url}/`, {
    issueType: "Incident",
    labels: ["soc"],
    fields: { priority: { name: "High" } },
    alertUrl: "https://mozdef.example.org/alerts",
  });
  expect(await send(action)).toBeUndefined();
  expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from("soc@example.org:token-1234567").toString("base64")}`);
  expect(issues[0]?.fields).toMatchObject({
    ...{ project: { key: "SEC" }, issuetype: { name: "Incident" }, priority: { name: "High" } },
    ...{ summary: "WARNING: 10 failed logins by 192.0.2.7", labels: [expect.stringMatching(/^mozdef-\w{40}$/), "soc"] },
    description: { type: "doc", version: 1 },
  });
  const description = JSON.stringify(issues[0]?.fields.description);
  for (const part of ["Events: 12", "failed 4", '"href":"https://mozdef.example.org/alerts/abc"'])
    expect(description).toContain(part);
});

it("makes one issue of an alert that comes twice, also after people have ended it", async () => {
  const { issues, url } = await openJira();
  for (const isDone of [false, true]) {
    expect(await send(acting(url))).toBeUndefined();
    for (const issue of issues) issue.isDone = isDone;
  }
  await send(acting(url));
  expect(issues).toHaveLength(1);
  await send(acting(url), {}, { ...message(), _id: "other" });
  expect(issues).toHaveLength(2);
});

it("makes another issue for a group of which the first is done", async () => {
  const { issues, url } = await openJira();
  const group = message({ groupkey: '" OR project = "OTHER' });
  await send(acting(url), {}, group);
  await send(acting(url), {}, { ...group, _id: "later" });
  expect(issues).toHaveLength(1);
  for (const issue of issues) issue.isDone = true;
  await send(acting(url), {}, { ...group, _id: "last" });
  expect(issues).toHaveLength(2);
});

it.each([
  [undefined, "31"],
  ["Reject", "41"],
])("ends the issue of an alert that is closed, by the transition %j", async (resolveTransition, id) => {
  const { asked, issues, url } = await openJira();
  const action = acting(url, resolveTransition === undefined ? {} : { resolveTransition });
  expect(action.events).toEqual(["trigger", "resolve"]);
  await send(action);
  expect(await send(action, { event: "resolve", by: "ana" })).toBeUndefined();
  expect(issues.map(({ isDone }) => isDone)).toEqual([true]);
  expect(asked.at(-1)?.body).toEqual({ transition: { id } });
  expect(await send(action, { event: "resolve", by: "ana" })).toBeUndefined();
  expect(asked.filter(({ path, method }) => method === "POST" && path.endsWith("/transitions"))).toHaveLength(1);
});

it("says which transitions there are when the wanted one is not", async () => {
  const { url } = await openJira();
  const action = acting(url, { resolveTransition: "Close" });
  await send(action);
  expect(await send(action, { event: "resolve" })).toEqual({
    refused: 'issue 10000 has no such transition now: expected "Close", found Start, Finish, Reject',
  });
});

it("comments who takes care of it, when that is wanted", async () => {
  const { issues, url } = await openJira();
  const action = acting(url, { events: ["trigger", "acknowledge"] });
  await send(action);
  expect(await send(action, { event: "acknowledge", by: "ana" })).toBeUndefined();
  expect(JSON.stringify(issues[0]?.comments)).toContain('"text":"Acknowledged by ana"');
});

it("takes hostile text as text, of at most 255 characters in a summary", async () => {
  const { issues, url } = await openJira();
  expect(await send(acting(url), {}, hostileMessage(10_000))).toBeUndefined();
  const text = JSON.stringify(issues[0]?.fields);
  expect(text.length).toBeLessThan(32_000);
  expect(text).not.toMatch(/\u202E|(?<!\\)\\u001b/);
});

const noFields = { errorMessages: [], errors: { customfield_1: "Severity is required." } };

it.each([
  ["/search/jql", 429, { "retry-after": "9" }, { retry: "it answered 429", afterMs: 9_000 }],
  ["/search/jql", 401, {}, { refused: "it answered 401" }],
  ["/issue", 400, {}, { refused: `it answered 400: ${JSON.stringify(noFields)}` }],
  ["/issue", 503, {}, { retry: "it answered 503" }],
])("takes an answer of %s with %i for what it means", async (end, status, headers, expected) => {
  const { issues, url } = await openJira(({ path }) =>
    path.endsWith(end) ? { status, headers, ...(status === 400 && { json: noFields }) } : undefined,
  );
  expect(await send(acting(url))).toEqual(expected);
  expect(issues).toEqual([]);
});

it.each([[{ json: { values: [] } }], [{ json: { issues: [{ id: "../x" }] } }]])(
  "tries again after an answer that Jira does not document: %j",
  async (strange) => {
    const { url } = await openJira(({ path }) => (path.endsWith("/jql") ? strange : undefined));
    expect(await send(acting(url))).toEqual({ retry: "it answered something else than Jira documents" });
  },
);

it.each([
  [{ project: 'SEC" OR' }, "project: "],
  [{ url: "https://example.atlassian.net/?x" }, "url: "],
  [{ labels: ["a b"] }, "labels.0: "],
  [{ user: "a:b" }, "user: "],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => acting("http://127.0.0.1", more as Partial<JiraOptions>)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
