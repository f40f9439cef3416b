import { describe, expect, it } from "vitest";
import { doorPack } from "../support/alerts.ts";
import { type Answer, testService } from "../support/test-service.ts";

interface Entry {
  readonly action: string;
  readonly by: string;
  readonly detail: object;
}

const entriesOf = ({ text }: Answer): readonly Entry[] => (JSON.parse(text) as { entries: readonly Entry[] }).entries;

const open = async () => {
  const service = await testService({ packs: [doorPack], config: { auth: {} } });
  const { secret } = await service.logIn.tokens.create({ name: "root", scope: "admin", by: "test" });
  const { secret: reader } = await service.logIn.tokens.create({ name: "reader", scope: "read", by: "test" });
  const root = { headers: { authorization: `Bearer ${secret}` } };
  const audit = (query = "") => service.call({ url: `/api/audit${query}`, ...root });
  return { ...service, root, audit, reader: { headers: { authorization: `Bearer ${reader}` } } };
};

const SILENCE = {
  ...{ match: { classname: "AlertDoor" }, until: "2026-01-02T00:00:00Z", reason: `moving ${"x".repeat(600)}` },
};

describe("the audit log", () => {
  it("has every change with who made it, and no secret", async () => {
    const { call, root, audit } = await open();
    await call({ method: "POST", url: "/api/silences", json: SILENCE, ...root });
    const made = await call({ method: "POST", url: "/api/tokens", json: { name: "a", scope: "read" }, ...root });
    await call({ method: "DELETE", url: "/api/tokens/a", ...root });
    await call({ url: "/api/alerts", ...root });
    const found = await audit();
    expect(entriesOf(found)).toEqual([
      expect.objectContaining({ action: "revokeToken", target: "a", by: "root", via: "token", outcome: "done" }),
      expect.objectContaining({ action: "createToken", status: 201, detail: { name: "a", scope: "read" } }),
      expect.objectContaining({
        ...{ action: "createSilence", address: "127.0.0.1", code: null, times: 1, at: "2026-01-01T00:00:30+00:00" },
        detail: { ...SILENCE, reason: expect.stringMatching(/^moving x+\.\.\. \(607 characters\)$/) as string },
      }),
    ]);
    expect(found.text).not.toContain((JSON.parse(made.text) as { secret: string }).secret);
  });

  it("has who was refused, once a minute with its number", async () => {
    const { call, reader, root, audit, clock } = await open();
    const wrong = { headers: { authorization: "Bearer mzd_wrong" } };
    for (let time = 0; time < 5; time += 1) {
      await call({ method: "POST", url: "/events", json: {}, ...wrong });
      await call({ method: "POST", url: "/api/silences", json: SILENCE, ...reader });
    }
    expect(entriesOf(await audit())).toHaveLength(2);
    clock.set("2026-01-01T00:01:31.000Z");
    await call({ method: "DELETE", url: "/api/watchlist/none", ...root });
    await call({ method: "POST", url: "/events", json: {}, ...wrong });
    const entries = entriesOf(await audit("?outcome=refused"));
    expect(entries).toHaveLength(5);
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ action: "signIn", by: "anonymous", via: "none", code: "AUTHENTICATION_FAILED", times: 4 },
          detail: { route: "takeEvents" },
        }),
        expect.objectContaining({
          action: "createSilence",
          by: "reader",
          code: "SCOPE_MISSING",
          status: 403,
          times: 4,
        }),
      ]),
    );
  });

  it("is read page by page, by who, what, and what came of it", async () => {
    const { call, root, audit } = await open();
    for (const name of ["a", "b", "c"])
      await call({ method: "POST", url: "/api/tokens", json: { name, scope: "read" }, ...root });
    const first = JSON.parse((await audit("?size=2")).text) as { next: string };
    expect(entriesOf(await audit(`?size=2&after=${first.next}`))).toHaveLength(1);
    expect(entriesOf(await audit("?by=root&action=createToken&outcome=done"))).toHaveLength(3);
    expect(entriesOf(await audit("?since=2026-01-02"))).toEqual([]);
    expect((await audit("?after=x")).status).toBe(400);
  });

  it("is kept without a log-in too, with the name that callers give", async () => {
    const { call } = await testService({ packs: [doorPack] });
    await call({ method: "POST", url: "/api/silences", json: { ...SILENCE, by: "ann" } });
    expect(entriesOf(await call({ url: "/api/audit" }))).toEqual([
      expect.objectContaining({ action: "createSilence", by: "ann", via: "none" }),
    ]);
  });
});
