import { routeNames } from "@mozdef/alert-api";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { referencePage } from "../src/reference/reference-page.ts";
import { openApi } from "../src/reference/openapi.ts";
import { silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

describe("GET /api/reference", () => {
  it("shows every route and every shape under an anchor of its own, and links to nothing that is not there", async () => {
    const { call } = await testService({ packs: [silencePack] });
    const { status, headers, text } = await call({ url: "/api/reference" });
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    const anchors = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(anchors).toEqual(expect.arrayContaining([...routeNames, "AlertPage", "Silence"]));
    for (const [, target] of text.matchAll(/ href="#([^"]+)"/g)) expect(anchors).toContain(target);
  });

  it("allows its own stylesheet and nothing else", async () => {
    const { call } = await testService({ packs: [silencePack] });
    const { headers, text } = await call({ url: "/api/reference" });
    const [, style = ""] = /<style>([^<]+)<\/style>/.exec(text) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(headers["content-security-policy"]).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|style="|src=|https?:\/\/(?!\[|127)[^"<\s]*"/);
  });

  it("says what a route takes, needs and answers", () => {
    const text = referencePage(openApi()).replaceAll(/\s+/g, " ");
    const of = (name: string): string => text.split(`<article id="${name}">`)[1]?.split("</article>")[0] ?? "";
    expect(of("closeAlert")).toContain("needs the scope <code>handle</code>");
    expect(of("closeAlert")).toContain(
      "<code>&quot;truePositive&quot;</code> | <code>&quot;falsePositive&quot;</code>",
    );
    expect(of("closeAlert")).toContain("STORE_HISTORY_FULL");
    expect(of("listAlerts")).toContain("0 to 500, default 25");
    expect(of("takeEvents")).toMatch(/POST<\/b>\s*<b class="put">PUT/);
    expect(of("live")).toContain("for everybody");
  });

  it("escapes what the contract says", () => {
    const document = openApi();
    const hostile = { ...document, info: { ...document.info, title: "<script>alert(1)</script>" } };
    expect(referencePage(hostile)).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });
});
