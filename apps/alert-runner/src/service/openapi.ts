import { errorAnswer, namedSchemas, parameterNames, type Route, routeNames, routeOf } from "@mozdef/alert-api";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { serve } from "../http/serve.ts";
import { VERSION } from "../manifest.ts";

interface JsonSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

const JSON_TYPE = "application/json";

/** The HTTP interface as an OpenAPI 3.1 document. */
export const openApi = () => {
  const paths = new Map<string, Record<string, object>>();
  for (const name of routeNames) {
    const route = routeOf(name);
    for (const method of route.methods)
      paths.set(route.path, { ...paths.get(route.path), [method.toLowerCase()]: operation(route) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "MozDef alert service", version: VERSION, license: { name: "MPL-2.0", identifier: "MPL-2.0" } },
    paths: Object.fromEntries(paths),
    components: { schemas: components() },
  };
};

const operation = (route: Route): object => ({
  summary: route.summary,
  parameters: [...pathParameters(route.path), ...(route.query === undefined ? [] : queryParameters(route.query))],
  ...requestBody(route),
  responses: {
    ...answersOf(route),
    default: { description: "Refused or failed", ...contentOf([JSON_TYPE], answerSchema(errorAnswer)) },
  },
});

const pathParameters = (path: string): readonly object[] =>
  parameterNames(path).map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));

const queryParameters = (query: z.ZodType): readonly object[] =>
  Object.entries(inputSchema(query).properties ?? {}).map(([name, schema]) => ({ name, in: "query", schema }));

const requestBody = ({ body, bodyTypes }: Route): object => {
  if (body !== undefined) return { requestBody: contentOf([JSON_TYPE], inputSchema(body)) };
  return bodyTypes === undefined ? {} : { requestBody: contentOf(bodyTypes, {}) };
};

const answersOf = ({ answers, answerType = JSON_TYPE, errors = {} }: Route): Readonly<Record<string, object>> => {
  const own = Object.entries(answers).map(([status, schema]) => [status, answerOf(status, answerType, schema)]);
  const failures = Object.entries(errors).map(([status, codes]) => {
    const schema = answers[Number(status)] ?? errorAnswer;
    return [status, { description: codes.join(", "), ...contentOf([JSON_TYPE], answerSchema(schema)) }];
  });
  return Object.fromEntries([...own, ...failures]) as Readonly<Record<string, object>>;
};

const answerOf = (status: string, type: string, schema: z.ZodType): object =>
  status === "302"
    ? { description: "Elsewhere", headers: { location: { schema: { type: "string" } } } }
    : { description: "Done", ...contentOf([type], answerSchema(schema)) };

const contentOf = (types: readonly string[], schema: object): object => ({
  content: Object.fromEntries(types.map((type) => [type, { schema }])),
});

/** What goes in: before defaults are filled in and texts become times. */
const inputSchema = (schema: z.ZodType) => embedded(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

const NAMES = new Map<z.ZodType, string>(Object.entries(namedSchemas).map(([name, schema]) => [schema, name]));

const addressOf = (name: string): string => `#/components/schemas/${name}`;

const answerSchema = (schema: z.ZodType): object => {
  const name = NAMES.get(schema);
  return name === undefined ? embedded(z.toJSONSchema(schema)) : { $ref: addressOf(name) };
};

/** The named schemas, which refer to one another. */
const components = (): object => {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of NAMES) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: addressOf });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, embedded(schema)]));
};

/** Without what only a document of its own needs: its address, and its dialect, which is that of OpenAPI 3.1. */
const embedded = (schema: object): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$id" && key !== "$schema"));

/** The document at `/openapi.json`. */
export const openApiRoute = (app: FastifyInstance): void => {
  const document = openApi();
  serve(app, "getOpenApi", () => document);
};
