import { endpointsOf, type Route, routeNames, routeOf } from "@mozdef/alert-api";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

interface ObjectSchema {
  readonly type?: string;
  readonly properties?: object;
  readonly required?: readonly string[];
}

/** `?from&size` for a query, `{ status, by? }` for a body. */
const takes = ({ query, body, bodyTypes }: Route): string => {
  const schema = query ?? body;
  if (schema === undefined)
    return bodyTypes === undefined ? "" : bodyTypes.includes("text/plain") ? "events" : "a search";
  const {
    type,
    properties = {},
    required = [],
  } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  }) as ObjectSchema;
  const keys = Object.keys(properties);
  if (query !== undefined) return `\`?${keys.join("&")}\``;
  if (type === "array") return "a list";
  return `\`{ ${keys.map((key) => (required.includes(key) ? key : `${key}?`)).join(", ")} }\``;
};

const rowOf = (route: Route): readonly string[] => [
  endpointsOf(route)
    .map((endpoint) => `\`${endpoint}\``)
    .join(" "),
  takes(route),
  route.summary,
];

it("lists the routes of the contract", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const rows = readme
    .split("\n")
    .filter((line) => line.startsWith("| `") && line.includes(" /"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(routeNames.map(routeOf).map(rowOf));
});
