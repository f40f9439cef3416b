import { triageBot, type TriageBotOptions } from "@mozdef/alert-actions/triage-bot";
import type { AlertMessage } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HOSTILE, message, NOW, openReceiver, send } from "./receiver.ts";
import { openTicketServer, type TicketAnswer, type TicketRequest } from "./ticket-server.ts";

/** What MozDef's bot takes. */
const FORMAT = z.strictObject({
  identifier: z.string().min(1),
  alert: z.enum([
    "sensitive_host_session",
    "ssh_access_sign_releng",
    "duo_bypass_codes_generated",
    "duo_bypass_codes_used",
  ]),
  summary: z.string().min(1).max(1_000),
  user: z.email(),
  identityConfidence: z.enum(["highest", "high", "moderate", "low", "lowest"]),
});

const about = (classname: string, documentsource: object, summary = "an alert"): AlertMessage =>
  message({ classname, summary, events: [{ documentindex: "events", documentid: "1", documentsource }] as never });

const SSH = "AlertGenericLoader:ssh_open_crit";
const session = about(SSH, { hostname: "host1", details: { username: "jdoe" } });

const asked = async (what: AlertMessage, options: Partial<TriageBotOptions> = {}) => {
  const { received, url } = await openReceiver();
  const answer = await send(triageBot({ url, ...options }), {}, what);
  return { answer, received, bodies: received.map(({ body }) => FORMAT.parse(JSON.parse(body))) };
};

const NOBODY = { refused: "nobody was asked: the alert does not say who or where it was" };

describe("what the person is asked", () => {
  it.each([
    [session, "sensitive_host_session", "jdoe@mozilla.com", "low", "host1, which may be sensitive"],
    [
      about(
        "AlertAuthSignRelengSSH",
        { details: { hostname: "sign1" } },
        "SSH login from 192.0.2.7 on sign1 as user jdoe",
      ),
      ...["ssh_access_sign_releng", "jdoe@mozilla.com", "low", "on the host sign1."],
    ],
    [
      about("AlertGenericLoader:duosecurity_bypass_generated", { details: { object: "j@example.org" } }),
      ...["duo_bypass_codes_generated", "j@example.org", "highest", "Bypass codes of Duo were made"],
    ],
    [
      about("AlertGenericLoader:duosecurity_bypass_used", { details: { object: "j@example.org" } }),
      ...["duo_bypass_codes_used", "j@example.org", "highest", "A bypass code of Duo was used"],
    ],
  ] as [AlertMessage, string, string, string, string][])(
    "%#: has the fields of MozDef",
    async (what, alert, user, identityConfidence, text) => {
      const { answer, received, bodies } = await asked(what, { token: "token-12345678" });
      expect(answer).toBeUndefined();
      expect(bodies).toEqual([
        { identifier: "abc", alert, user, identityConfidence, summary: expect.stringContaining(text) as string },
      ]);
      expect(received[0]).toMatchObject({
        method: "POST",
        headers: { authorization: "Bearer token-12345678", "idempotency-key": "abc" },
      });
    },
  );

  it.each([
    ["without a user", about(SSH, { hostname: "host1", details: {} })],
    ["without a host", about(SSH, { details: { username: "jdoe" } })],
    ["with a user that is none", about(SSH, { hostname: "host1", details: { username: "../../admin" } })],
    ["with an address that is none", about("AlertGenericLoader:duosecurity_bypass_used", { details: { object: "x" } })],
    ["without events", message({ classname: SSH, events: [] })],
    ["with details that are none", about(SSH, { hostname: "host1", details: "text" })],
  ])("is nothing about an alert %s", async (_, what) => {
    const { answer, received } = await asked(what);
    expect(answer).toEqual(NOBODY);
    expect(received).toEqual([]);
  });

  it("hides nothing, however hostile the alert is", async () => {
    const { bodies } = await asked(
      about(SSH, { hostname: HOSTILE + "x".repeat(5_000), details: { username: "jdoe" } }),
    );
    expect(bodies[0]?.summary).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it("is what the configuration says about other alerts", async () => {
    const questions: TriageBotOptions["questions"] = {
      AlertVpn: ({ _source }) => ({
        ...{ label: "duo_bypass_codes_used", text: _source.summary, confidence: "high" },
        user: { email: "j@example.org" },
      }),
    };
    const { bodies } = await asked(message({ classname: "AlertVpn", summary: "a new device" }), { questions });
    expect(bodies[0]).toMatchObject({ summary: "a new device", identityConfidence: "high" });
    expect(triageBot({ url: "http://127.0.0.1", questions }).registration).toContain("alertvpn");
  });

  it("is asked of each alert of a group that says who it was", async () => {
    const { received, url } = await openReceiver();
    const alerts = [session, { ...message({ classname: SSH, events: [] }), _id: "two" }, message()];
    const answer = await send(triageBot({ url }), { alerts });
    expect(received).toHaveLength(1);
    expect(answer).toEqual(NOBODY);
  });
});

it("is for the alerts that it knows unless the configuration says otherwise", () => {
  expect(triageBot({ url: "http://127.0.0.1" }).registration).toEqual([
    "alertgenericloader:ssh_open_crit",
    "alertauthsignrelengssh",
    "alertgenericloader:duosecurity_bypass_generated",
    "alertgenericloader:duosecurity_bypass_used",
  ]);
  expect(triageBot({ url: "http://127.0.0.1", registration: "ssh" }).registration).toBe("ssh");
});

it.each([
  [500, "retry"],
  [429, "retry"],
  [400, "refused"],
])("takes the answer %i for what it means, without the token", async (status, kind) => {
  const { url } = await openReceiver({ status, body: "token-1234567" });
  const answer = await send(triageBot({ url, token: "token-1234567" }), {}, session);
  expect(answer).toEqual({ [kind]: `it answered ${status}: [hidden]` });
});

it.each([
  [{ url: "ftp://example.org" }, "url: "],
  [{ emailDomain: "a b" }, "emailDomain: "],
  [{ questions: { A: "text" } }, "questions.A: expected a function"],
  [{ events: ["trigger", "resolve"] }, "events: expected trigger only"],
  [{ person: { url: "http://127.0.0.1" } }, "person.oauthUrl: "],
  [{ lambda: "x" }, 'Unrecognized key: "lambda"'],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => triageBot({ url: "http://127.0.0.1", ...more } as TriageBotOptions)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});

describe("a directory of people", () => {
  const profile = {
    created: { value: "2017-01-01T01:00:00.000Z" },
    identities: { mozilla_ldap_primary_email: { value: "jane.doe@example.org" } },
  };

  const world = async (answer: (request: TicketRequest) => TicketAnswer | undefined) => {
    const { asked, url } = await openTicketServer(
      (request) =>
        answer(request) ??
        (request.path === "/oauth"
          ? { json: { access_token: "person-token" } }
          : request.path === "/bot"
            ? {}
            : { json: profile }),
    );
    const person = {
      ...{ url, oauthUrl: `${url}/oauth`, clientId: "id", clientSecret: "client-secret" },
      ...{ audience: "api", scope: "read" },
    };
    return { asked, action: triageBot({ url: `${url}/bot`, person, emailDomain: "example.org" }) };
  };

  it("is asked with one token, as long as that is good", async () => {
    const { asked, action } = await world(() => undefined);
    const at = (minutes: number) => ({ now: new Date(NOW.getTime() + minutes * 60_000) });
    for (const minutes of [0, 1_079, 1_080]) expect(await send(action, at(minutes), session)).toBeUndefined();
    expect(asked.map(({ path }) => path)).toEqual([
      ...["/oauth", "/v2/user/primary_username/jdoe", "/bot"],
      ...["/v2/user/primary_username/jdoe", "/bot"],
      ...["/oauth", "/v2/user/primary_username/jdoe", "/bot"],
    ]);
    expect(asked[0]?.body).toEqual({
      ...{ client_id: "id", client_secret: "client-secret", audience: "api", scope: "read" },
      grant_type: "client_credentials",
    });
    expect(asked[1]?.authorization).toBe("Bearer person-token");
    expect(asked[2]?.body).toMatchObject({ user: "jane.doe@example.org", identityConfidence: "highest" });
  });

  it.each([
    ["unknown there", { status: 404 }],
    ["there without an address", { json: { created: profile.created, identities: {} } }],
    ["there without a beginning", { json: { ...profile, created: { value: null } } }],
  ])("leaves a user who is %s to the domain, with low confidence", async (_, answer) => {
    const { asked, action } = await world(({ path }) => (path.startsWith("/v2") ? answer : undefined));
    expect(await send(action, {}, session)).toBeUndefined();
    expect(asked.at(-1)?.body).toMatchObject({ user: "jdoe@example.org", identityConfidence: "low" });
  });

  it.each([
    ["/oauth", 2, { status: 401, json: { error: "client-secret" } }, "the token for people: it answered 401"],
    ["/oauth", 2, { json: {} }, "the token for people: it answered without an access_token"],
    ["/v2/user/primary_username/jdoe", 1, { status: 503 }, "the profile of the user: it answered 503"],
    ["/v2/user/primary_username/jdoe", 2, { status: 401 }, "the profile of the user: it answered 401"],
  ])("is asked again when %s is out of order, with %i tokens: %j", async (path, tokens, answer, reason) => {
    const { asked, action } = await world((request) => (request.path === path ? answer : undefined));
    const answers = JSON.stringify([await send(action, {}, session), await send(action, {}, session)]);
    expect(answers.split(`"retry":"${reason}`)).toHaveLength(3);
    expect(answers).not.toContain("client-secret");
    expect(asked.map((request) => request.path)).not.toContain("/bot");
    const handshakes = asked.filter((request) => request.path === "/oauth");
    expect(handshakes).toHaveLength(tokens);
  });
});
