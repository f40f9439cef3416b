import { webhook, type WebhookOptions } from "@mozdef/alert-actions/webhook";
import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { HOSTILE, hostileMessage, message, openReceiver, send } from "./receiver.ts";

const sent = async (options: Partial<WebhookOptions>, context: object = {}, what = message()) => {
  const { received, url } = await openReceiver();
  const action = webhook({ url, ...options });
  expect(await send(action, context, what)).toBeUndefined();
  const [{ body, headers, path } = { body: "", headers: {} as IncomingHttpHeaders, path: "" }] = received;
  return { body, headers, path };
};

const filled = async (options: Partial<WebhookOptions>, context: object = {}, what = message()): Promise<unknown> =>
  JSON.parse((await sent(options, context, what)).body);

describe("a template", () => {
  it("is filled with values of their own types, and with text in a longer text", async () => {
    const template = {
      title: "{{title}}",
      line: "[{{ severity }}] {{eventCount}} events, {{alert.tags}}",
      count: "{{eventCount}}",
      tags: "{{alert.tags}}",
      owner: "{{alert.details.owner}}",
      nested: [{ by: "{{by}}", event: "{{event}}", key: "{{key}}", short: "{{summary:10}}" }],
      fixed: 7,
    };
    expect(await filled({ template })).toEqual({
      title: "WARNING: 10 failed logins by 192.0.2.7",
      line: '[WARNING] 12 events, ["ssh"]',
      count: 12,
      tags: ["ssh"],
      owner: null,
      nested: [{ by: null, event: "trigger", key: "abc~hook", short: "10 failed…" }],
      fixed: 7,
    });
  });

  it.each([`","admin":true,"x":"`, "\\", '"}', "{{id}}", "a\nb\u0000", HOSTILE])(
    "cannot be broken out of by the text %j of an event",
    async (summary) => {
      const what = message({ summary, details: { owner: summary } });
      const body = await filled(
        { template: { text: "a {{alert.summary}} b", owner: "{{alert.details.owner}}" } },
        {},
        what,
      );
      expect(body).toEqual({ text: `a ${summary} b`, owner: summary });
    },
  );

  it("reads own keys only", async () => {
    const template = { a: "{{alert.constructor.name}}", b: "{{alert.__proto__}}", c: "{{alert.summary.length}}" };
    expect(await filled({ template })).toEqual({ a: null, b: null, c: null });
  });

  it("takes values by severity and by event", async () => {
    const options = {
      template: { priority: "{{priority}}", type: "{{type}}" },
      bySeverity: { priority: { CRITICAL: 5, "*": 3 } },
      byEvent: { type: { trigger: "open", resolve: "close" } },
    };
    expect(await filled(options, {}, message({ severity: "CRITICAL" }))).toEqual({ priority: 5, type: "open" });
    expect(await filled(options, { event: "resolve" })).toEqual({ priority: 3, type: "close" });
    expect(await filled(options, { event: "acknowledge" }, message({ severity: "constructor" }))).toEqual({
      priority: 3,
      type: null,
    });
  });

  it.each([
    ["markdown", /[*`[\]<>]/],
    ["tags", /[<>]/],
    ["mentions", /@(?!\u200B)/],
  ] as const)("escapes %s in what is filled in", async (escape, forbidden) => {
    const { text } = (await filled({ template: { text: "{{alert.summary}}" }, escape }, {}, hostileMessage())) as {
      readonly text: string;
    };
    expect(text.replaceAll(/\\./gu, "")).not.toMatch(forbidden);
    expect(text).not.toBe(HOSTILE);
  });

  it("is a form when that is wanted, in which no field is added", async () => {
    const template = { Body: "{{alert.summary}}", n: "{{eventCount}}", none: "{{by}}" };
    const { body, headers } = await sent({ template, encoding: "form" }, {}, message({ summary: "a&To=%2B1\n=" }));
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect([...new URLSearchParams(body)]).toEqual([
      ["Body", "a&To=%2B1\n="],
      ["n", "12"],
    ]);
  });
});

it("an address may have the key in it, as a part of its path", async () => {
  const { received, url } = await openReceiver();
  await send(webhook({ url: `${url}/{{id}}/{{key}}`, method: "PUT" }), {}, { ...message(), _id: "a/b?c\uD800" });
  expect(received[0]?.path).toBe("/hook/a%2Fb%3Fc%EF%BF%BD/abc~hook");
});

it("keeps headers, secret and address to itself when the receiver or the network says them", async () => {
  const secrets = ["Bearer token-1234567", "token-1234567", "a secret of enough length", "hook-id-1234"];
  const { url } = await openReceiver({ status: 400, body: secrets.join(" ") });
  const options = { url: `${url}/hook-id-1234`, headers: { Authorization: "Bearer token-1234567" } };
  const action = webhook({ ...options, secret: "a secret of enough length" });
  const failing = ((input: string, init: RequestInit) =>
    Promise.reject(new Error(`cannot send ${input} ${JSON.stringify(init)}`))) as typeof fetch;
  const failed = String(await send(action, { fetch: failing }).catch((error: unknown) => error));
  for (const shown of [JSON.stringify(await send(action)), failed]) {
    expect(shown).toContain("[hidden]");
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  }
});

it.each([
  [{ template: { a: "{{titel}}" } }, 'template: "{{titel}}" is no placeholder'],
  [{ template: ["{{title:0}}"] }, 'template: "{{title:0}}" is no placeholder'],
  [{ template: "{{alert}}" }, 'template: "{{alert}}" is no placeholder'],
  [{ template: "{{title.x}}" }, 'template: "{{title.x}}" is no placeholder'],
  [{ url: "http://127.0.0.1/{{k}}" }, 'url: "{{k}}" is no placeholder'],
  [{ template: {}, body: () => "" }, "template: expected body or template, not both"],
  [{ encoding: "form" }, "template: expected an object without lists"],
  [{ encoding: "form", template: { a: [] } }, "template: expected an object without lists"],
  [{ bySeverity: { p: { X: [] } } }, "bySeverity.p.X: "],
])("refuses the options %j", (options, reason) => {
  expect(() => webhook({ url: "http://127.0.0.1/x", ...options } as WebhookOptions)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
