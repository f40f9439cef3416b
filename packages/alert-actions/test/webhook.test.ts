import { webhook, type WebhookOptions } from "@mozdef/alert-actions";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { message, NOW, openReceiver, send } from "./receiver.ts";

describe("webhook", () => {
  it("sends the alert as JSON, with as many events as wanted and the number of all", async () => {
    const { received, url } = await openReceiver();
    expect(await send(webhook({ url, headers: { authorization: "Bearer x" }, mostEvents: 2 }))).toBeUndefined();
    const [{ method, path, headers, body } = { body: "" }] = received;
    expect([method, path]).toEqual(["POST", "/hook"]);
    expect(headers).toMatchObject({
      ...{ "content-type": "application/json", "idempotency-key": "abc~hook", authorization: "Bearer x" },
    });
    const { _source } = message();
    expect(JSON.parse(body)).toEqual({
      ...{
        type: "alert",
        event: "trigger",
        by: null,
        id: "abc",
        index: "alerts-202603",
        eventCount: 12,
        alertCount: 1,
      },
      alert: { ..._source, events: _source.events.slice(0, 2) },
    });
  });

  it("lets a header of the configuration take the place of its own", async () => {
    const { received, url } = await openReceiver();
    await send(webhook({ url, headers: { "Content-Type": "application/cloudevents+json" } }));
    expect(received[0]?.headers["content-type"]).toBe("application/cloudevents+json");
  });

  it("sends what the configuration makes of the alert", async () => {
    const { received, url } = await openReceiver({ status: 204 });
    await send(webhook({ url, method: "PUT", body: ({ _source }) => ({ text: _source.summary }) }));
    await send(webhook({ url, body: () => "as it is" }));
    expect(received.map(({ method, body }) => [method, body])).toEqual([
      ["PUT", '{"text":"10 failed logins by 192.0.2.7"}'],
      ["POST", "as it is"],
    ]);
  });

  it.each([
    ["a text", "a secret of enough length", Buffer.from("a secret of enough length")],
    ["Base64", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64")],
  ])("signs as Standard Webhooks has it, with a secret that is %s", async (_, secret, key) => {
    const { received, url } = await openReceiver();
    await send(webhook({ url, secret }));
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const seconds = String(NOW.getTime() / 1_000);
    const signed = createHmac("sha256", key).update(`abc~hook.${seconds}.${body}`).digest("base64");
    expect(headers).toMatchObject({
      "webhook-id": "abc~hook",
      "webhook-timestamp": seconds,
      "webhook-signature": `v1,${signed}`,
    });
  });

  it.each([
    [429, { "retry-after": "7" }, { retry: "it answered 429: no\\u001b", afterMs: 7_000 }],
    [503, { "retry-after": "Tue, 10 Mar 2026 09:01:00 GMT" }, { retry: "it answered 503: no\\u001b", afterMs: 60_000 }],
    [500, {}, { retry: "it answered 500: no\\u001b" }],
    [408, {}, { retry: "it answered 408: no\\u001b" }],
    [400, {}, { refused: "it answered 400: no\\u001b" }],
    [302, { location: "http://127.0.0.1:1/" }, { refused: "it answered 302: no\\u001b" }],
  ])("takes the answer %i for what it means", async (status, headers, expected) => {
    const { received, url } = await openReceiver({ status, headers, body: "no\u001b" });
    expect(await send(webhook({ url }))).toEqual(expected);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['{"ok":false,"parameters":{"retry_after":35}}', {}, 35_000],
    ['{"message":"You are being rate limited.","retry_after":0.6457,"global":false}', {}, 646],
    ['{"retry_after":35}', { "retry-after": "2" }, 2_000],
  ])("waits as the body %s says, unless a header does", async (body, headers, afterMs) => {
    const { url } = await openReceiver({ status: 429, headers, body });
    expect(await send(webhook({ url }))).toMatchObject({ afterMs });
  });

  it("reads no more of an answer than it shows", async () => {
    const { url } = await openReceiver({ status: 500, body: "x".repeat(5_000_000) });
    expect(await send(webhook({ url }))).toEqual({ retry: `it answered 500: ${"x".repeat(300)}` });
  });

  it("fails when nobody answers, for the outbox to try again", async () => {
    await expect(send(webhook({ url: "http://127.0.0.1:1/" }))).rejects.toThrow("fetch failed");
  });

  it.each([
    [{ url: "ftp://example.org" }, "url: expected an address with http: or https:"],
    [{ url: "http://example.org", secret: "short" }, "secret: expected at least 16 characters"],
    [{ url: "http://example.org", event: 1 }, 'Unrecognized key: "event"'],
  ])("refuses the options %j", (options, reason) => {
    expect(() => webhook(options as WebhookOptions)).toThrow(
      expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
    );
  });
});
