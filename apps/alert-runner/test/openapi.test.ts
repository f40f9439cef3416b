import { describe, expect, it } from "vitest";
import { silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

interface Document {
  readonly openapi: string;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, object>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> };
}

const open = async () => {
  const service = await testService({ packs: [silencePack] });
  const { text } = await service.call({ url: "/api/openapi.json" });
  return { app: service.app, document: JSON.parse(text) as Document };
};

/** `GET /a/{b}` for each branch of fastify's tree; the pages and HEAD are not part of the interface. */
const routesIn = (tree: string): readonly string[] => {
  const above: string[] = [];
  return tree
    .split("\n")
    .flatMap((line) => {
      const [, indent = "", part = "", methods = ""] = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      const depth = indent.length / 4;
      const path = above.slice(0, depth).join("") + part;
      above.splice(depth, Infinity, part);
      return methods.split(", ").map((method) => ({ method, path: path.replaceAll(/:(\w+)/g, "{$1}") }));
    })
    .filter(
      ({ method, path }) => !["", "HEAD"].includes(method) && !/^\/(?:alerts|alert|manage-alerts)(?:\/|$)/.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`)
    .sort();
};

describe("GET /api/openapi.json", () => {
  it("describes every route, and no other", async () => {
    const { app, document } = await open();
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routesIn(app.printRoutes({ commonPrefix: false })));
  });

  it("has the shapes of answers, which refer to one another", async () => {
    const { document } = await open();
    expect(document.paths["/api/alerts"]?.get?.responses["200"]).toEqual({
      description: "Done",
      headers: { ETag: { description: "For `If-Match` and `If-None-Match`", schema: { type: "string" } } },
      content: { "application/json": { schema: { $ref: "#/components/schemas/AlertPage" } } },
    });
    expect(document.paths["/api/alerts/{id}"]?.get?.responses["404"]).toMatchObject({ description: "ALERT_NOT_FOUND" });
    const { schemas } = document.components;
    expect(schemas.AlertPage).toMatchObject({
      required: ["total", "alerts", "next", "severities", "categories", "statuses", "names", "assignees", "tags"],
      properties: { alerts: { type: "array", items: { $ref: "#/components/schemas/AlertListItem" } } },
    });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    for (const [, name = ""] of references) expect(Object.keys(schemas)).toContain(name);
    expect(JSON.stringify(document)).not.toContain("$schema");
  });

  it("says what a caller needs", async () => {
    const { document } = await open();
    const { listAlerts, live } = { listAlerts: document.paths["/api/alerts"]?.get, live: document.paths["/live"]?.get };
    expect(listAlerts?.security).toEqual(expect.arrayContaining([{ bearer: ["read"] }, { basic: ["read"] }]));
    expect(live?.security).toEqual([]);
    const known = Object.keys(document.components.securitySchemes);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    for (const { security } of operations) for (const each of security) expect(known).toContain(Object.keys(each)[0]);
  });

  it("takes parameters and bodies from what the routes check", async () => {
    const { document } = await open();
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/api/alerts"]?.get?.parameters.map(({ name }) => name)).toEqual([
      ...["from", "size", "order", "after", "severity", "category", "status", "classname", "assignee", "closereason"],
      ...["tag", "entity", "open", "acknowledged", "text", "since", "until", "If-None-Match"],
    ]);
    expect(document.paths["/api/alerts/{id}/status"]?.post).toMatchObject({
      parameters: [
        { name: "id", in: "path", required: true },
        { name: "If-Match", in: "header" },
      ],
      requestBody: {
        content: {
          "application/json": {
            schema: { required: ["status"], properties: { status: { enum: expect.arrayContaining(["escalated"]) } } },
          },
        },
      },
    });
  });
});
