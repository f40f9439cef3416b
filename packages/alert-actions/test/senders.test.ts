import { describe, expect, it } from "vitest";
import { divertTo, hostileMessage, openReceiver, send } from "./receiver.ts";
import { SENDERS } from "./senders.ts";

/** Control characters, those of direction, halves of characters. A space without width is what the actions themselves put after `@`. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200B)\p{Cf}/u;

const LARGEST_BODY = 20_000;

const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

describe.each(SENDERS.filter(({ isData }) => isData !== true))("$name", ({ make }) => {
  it("posts JSON of bounded size in which no text of an event hides anything", async () => {
    const { received, url } = await openReceiver();
    expect(await send(make(), { fetch: divertTo(url).fetch }, hostileMessage(100_000))).toBeUndefined();
    const [{ method, headers, body } = { headers: {}, body: "" }] = received;
    expect([method, headers["content-type"]]).toEqual(["POST", "application/json"]);
    expect(body.length).toBeLessThan(LARGEST_BODY);
    const lines = textsOf(JSON.parse(body)).flatMap((text) => text.split("\n"));
    expect(lines.filter((line) => HIDDEN.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes(String.raw`u{202e}`) || line.includes("202e"))).not.toEqual([]);
  });
});

describe.each(SENDERS)("$name", ({ make, secret, required }) => {
  it.each([
    [429, { "retry-after": "7" }, { retry: "it answered 429: no", afterMs: 7_000 }],
    [503, {}, { retry: "it answered 503: no" }],
    [400, {}, { refused: "it answered 400: no" }],
    [403, {}, { refused: "it answered 403: no" }],
    [302, { location: "http://127.0.0.1:1/" }, { refused: "it answered 302: no" }],
  ])("takes the answer %i for what it means", async (status, headers, expected) => {
    const { received, url } = await openReceiver({ status, headers, body: "no" });
    expect(await send(make(), { fetch: divertTo(url).fetch })).toEqual(expected);
    expect(received).toHaveLength(1);
  });

  it.each([400, 500])("keeps its secret when the receiver shows it in an answer of %i", async (status) => {
    const { url } = await openReceiver({ status, body: `bad: ${secret}` });
    const answer = JSON.stringify(await send(make(), { fetch: divertTo(url).fetch }));
    expect(answer).toContain("[hidden]");
    expect(answer).not.toContain(secret);
  });

  it("shows no beginning of its secret where the answer is cut", async () => {
    const { url } = await openReceiver({ status: 400, body: `${"-".repeat(295)}${secret}` });
    const answer = JSON.stringify(await send(make(), { fetch: divertTo(url).fetch }));
    expect(answer).toContain("-[");
    expect(answer).not.toContain(secret.slice(0, 4));
  });

  it("keeps its secret when the network fails", async () => {
    const failing = ((input: string, init: RequestInit) =>
      Promise.reject(new Error(`cannot send ${input} ${JSON.stringify(init)}`))) as typeof fetch;
    const failed = await Promise.resolve(send(make(), { fetch: failing })).catch((error: unknown) => error);
    expect(failed).toMatchObject({ message: expect.stringContaining("cannot send") as string });
    expect(String(failed)).not.toContain(secret);
    expect((failed as Error).cause).toBeUndefined();
  });

  it("takes the options that all have", () => {
    expect(make({ registration: ["ssh"], timeoutMs: 500 })).toMatchObject({ registration: ["ssh"], timeoutMs: 500 });
  });

  it.each([
    [{ [required]: undefined }, `${required}: `],
    [{ [required]: "" }, `${required}: `],
    [{ [required]: `${secret} ü` }, `${required}: `],
    [{ timeoutMs: 0 }, "timeoutMs: "],
    [{ chanel: "x" }, 'Unrecognized key: "chanel"'],
  ])("refuses the options %j, and names the key", (more, reason) => {
    const expected = { code: "ACTION_INVALID", message: expect.stringContaining(reason) as string };
    expect(() => make(more)).toThrow(expect.objectContaining(expected));
    expect(() => make(more)).not.toThrow(secret);
  });
});
