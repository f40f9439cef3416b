import { email, type EmailOptions } from "@mozdef/alert-actions/email";
import type { SMTPServerOptions } from "smtp-server";
import { expect, it } from "vitest";
import { createCertificate } from "./certificate.ts";
import { type Mail, openMailServer } from "./mail-server.ts";
import { hostileMessage, message, send } from "./receiver.ts";

const password = "correct-horse-battery";

const base = { host: "127.0.0.1", tls: "none", from: "MozDef <mozdef@example.org>", to: "soc@example.org" } as const;

const mailed = async (options: Partial<EmailOptions> = {}, what = message()): Promise<Mail | undefined> => {
  const { received, port } = await openMailServer();
  expect(await send(email({ ...base, port, ...options }), {}, what)).toBeUndefined();
  return received[0];
};

it("sends an alert as text and as HTML", async () => {
  const mail = await mailed({
    to: ["soc@example.org", "ciso@example.org"],
    alertUrl: "https://mozdef.example.org/alerts",
  });
  expect(mail).toMatchObject({ from: "mozdef@example.org", to: ["soc@example.org", "ciso@example.org"] });
  expect(mail?.headers).toMatchObject({
    subject: "WARNING: 10 failed logins by 192.0.2.7",
    from: "MozDef <mozdef@example.org>",
    to: "soc@example.org, ciso@example.org",
    "auto-submitted": "auto-generated",
  });
  expect(mail?.text.split("\n")).toEqual([
    ...["WARNING: 10 failed logins by 192.0.2.7", ""],
    ...["Alert: AlertBruteforceSsh", "Category: bruteforce", "Tags: ssh"],
    ...["Time: 2026-03-10T08:59:00+00:00", "Events: 12"],
    ...["- failed 0", "- failed 1", "- failed 2", "- failed 3", "- failed 4"],
    ...["", "https://mozdef.example.org/alerts/abc"],
  ]);
  expect(mail?.html).toContain('<tr><th align="left">Category</th><td>bruteforce</td></tr>');
  expect(mail?.html).toContain('<a href="https://mozdef.example.org/alerts/abc">Open the alert</a>');
});

it("escapes HTML, and has a subject of one line of at most 200 characters", async () => {
  const mail = await mailed({}, hostileMessage(1_000));
  expect(mail?.headers.subject).toMatch(/^WARNING: <!channel> @here .*…$/);
  expect(mail?.headers.subject?.length).toBeLessThanOrEqual(200);
  expect(`${mail?.headers.subject}${mail?.text.replaceAll("\n", "")}`).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(mail?.html).toContain("&lt;b&gt;&amp;amp;&lt;/b&gt;");
  const tags = new Set(mail?.html.match(/<\/?\w+/g));
  expect([...tags].sort()).toEqual(
    ["<", "</"].flatMap((start) => ["h3", "li", "table", "td", "th", "tr", "ul"].map((tag) => start + tag)).sort(),
  );
});

it("cannot be brought to send to somebody else", async () => {
  const mail = await mailed({}, message({ summary: "x\r\nBcc: evil@example.org\r\n\r\nhello" }));
  expect(mail?.to).toEqual(["soc@example.org"]);
  expect(mail?.headers).not.toHaveProperty("bcc");
  expect(mail?.headers.subject).toBe("WARNING: x Bcc: evil@example.org hello");
});

it("has the same Message-ID at every attempt, and another for another alert", async () => {
  const { received, port } = await openMailServer();
  const action = email({ ...base, port });
  for (const key of ["a~mail", "a~mail", "b~mail"]) await send(action, { key });
  const [first, second, third] = received.map(({ headers }) => headers["message-id"]);
  expect(first).toMatch(/^<[0-9a-f]{64}@example\.org>$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

const rejecting = (responseCode: number) => ({
  onRcptTo: (_: unknown, __: unknown, callback: (error: Error) => void) =>
    callback(Object.assign(new Error("no\u001B such mailbox"), { responseCode })),
});

it.each([
  [550, "refused"],
  [451, "retry"],
])("takes the reply %i for what it means", async (code, kind) => {
  const { port } = await openMailServer(rejecting(code));
  const answer = await send(email({ ...base, port }));
  expect(answer).toEqual({ [kind]: expect.stringContaining("such mailbox") as string });
  expect(JSON.stringify(answer)).not.toContain(String.raw`\u001b`);
});

it("says which recipients were rejected while others were not", async () => {
  const { received, port } = await openMailServer({
    onRcptTo: ({ address }, _, callback) =>
      address.startsWith("gone") ? callback(Object.assign(new Error("gone"), { responseCode: 550 })) : callback(),
  });
  const logged: unknown[] = [];
  const log = (...entry: unknown[]): void => void logged.push(entry);
  const action = email({ ...base, port, to: ["gone@example.org", "soc@example.org"] });
  expect(await send(action, { log: { debug: log, info: log, warn: log, error: log } })).toBeUndefined();
  expect(received.map(({ to }) => to)).toEqual([["soc@example.org"]]);
  expect(JSON.stringify(logged)).toContain("gone@example.org");
});

it("tries again when nobody answers", async () => {
  expect(await send(email({ ...base, port: 1 }))).toHaveProperty("retry");
});

const login = { tls: "starttls", user: "mozdef", password } as const;

it("sends nothing and no password to a server that has no TLS, or another certificate than one that is trusted", async () => {
  const without = await openMailServer();
  const untrusted = await openMailServer({ disabledCommands: [], ...(await createCertificate()) });
  for (const [{ received, port }, kind] of [
    [without, "refused"],
    [untrusted, "retry"],
  ] as const) {
    const answer = await send(email({ ...base, ...login, port }));
    expect(Object.keys(answer ?? {})).toEqual([kind]);
    expect(received).toEqual([]);
  }
});

const asking = (logins: unknown[], wanted: string): SMTPServerOptions => ({
  authOptional: false,
  onAuth: ({ username, password: given }, { secure }, callback) => {
    logins.push([username, given, secure]);
    if (given === wanted) callback(null, { user: username });
    else callback(Object.assign(new Error(`no: ${given}`), { responseCode: 535 }));
  },
});

it.each(["starttls", "implicit"] as const)("logs in protected by %s", async (tls) => {
  const { cert, key } = await createCertificate();
  const logins: unknown[] = [];
  const protection = { disabledCommands: [], secure: tls === "implicit", cert, key };
  const { received, port } = await openMailServer({ ...asking(logins, password), ...protection });
  expect(await send(email({ ...base, ...login, host: "localhost", tls, port, ca: cert }))).toBeUndefined();
  expect(logins).toEqual([["mozdef", password, true]]);
  expect(received.map(({ user }) => user)).toEqual(["mozdef"]);
});

it("gives up on a wrong password, and keeps it to itself when the server says it", async () => {
  const { cert, key } = await createCertificate();
  const { port } = await openMailServer({ ...asking([], "another"), disabledCommands: [], cert, key });
  const answer = await send(email({ ...base, ...login, host: "localhost", port, ca: cert }));
  expect(answer).toEqual({ refused: expect.stringContaining("[hidden]") as string });
  expect(JSON.stringify(answer)).not.toContain(password);
});

it.each([
  [{ host: "" }, "host: "],
  [{ host: undefined }, "host: "],
  [{ port: 0 }, "port: "],
  [{ from: "mozdef" }, "from: expected an address"],
  [{ from: "a@b.example\r\nBcc: c@d.example" }, "from: expected an address"],
  [{ to: [] }, "to: "],
  [{ to: "a@b.example, c@d.example" }, "to: "],
  [{ user: "mozdef", tls: "starttls" }, "password: expected user and password, or neither"],
  [{ user: "mozdef", password }, "tls: expected starttls or implicit"],
  [{ alertUrl: "javascript:x" }, "alertUrl: "],
  [{ cc: "x" }, 'Unrecognized key: "cc"'],
])("refuses the options %j, and names the key", (options, reason) => {
  const made = () => email({ ...base, ...options } as EmailOptions);
  expect(made).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
  expect(made).not.toThrow(password);
});
