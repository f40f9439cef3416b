import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const entry = {
  "@timestamp": 1_777_888_800_500,
  _document_id: "d77",
  action: "repo.destroy",
  actor: "erin",
  actor_ip: "203.0.113.51",
  org: "own-org",
  repo: "own-org/shop",
  visibility: "private",
};
const read = (record: object) => readEvent(record, options);

describe("github-audit", () => {
  it("reads an entry", () => {
    const { event, parsers } = read(entry);
    expect(parsers).toEqual(["github-audit"]);
    expect(event).toMatchObject({
      category: "github",
      tags: ["github"],
      summary: "github: repo.destroy: on repo: shop in org: own-org triggered by user: erin",
      utctimestamp: "2026-05-04T10:00:00.500Z",
      details: {
        username: "erin",
        sourceipaddress: "203.0.113.51",
        action: "repo.destroy",
        org_login: "own-org",
        repo_name: "shop",
        visibility: "private",
        _document_id: "d77",
      },
    });
  });

  it("reads one of an enterprise, without repository and address", () => {
    const { event } = read({
      created_at: 1_777_888_800_500,
      action: "business.add_admin",
      actor: "erin",
      business: "own",
    });
    expect(event).toMatchObject({
      summary: "github: business.add_admin: triggered by user: erin",
      details: { business: "own" },
    });
    expect(event.utctimestamp).toBe("2026-05-04T10:00:00.500Z");
    expect(event.details.sourceipaddress).toBeUndefined();
  });

  it("leaves other events with an action alone", () => {
    for (const other of [
      { ...entry, action: "opened" },
      { action: "a.b", actor: "x" },
      { action: "a.b", created_at: 1 },
    ])
      expect(read(other).parsers).not.toContain("github-audit");
  });
});
