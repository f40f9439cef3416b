import {
  errorAnswer,
  hasEtag,
  type Method,
  namedSchemas,
  parameterNames,
  type Route,
  type RouteName,
  routeNames,
  routeOf,
  takesIfMatch,
  topicOf,
  topics,
} from "@mozdef/alert-api";
import { z } from "zod";
import { VERSION } from "../manifest.ts";
import type { Answer, Content, JsonSchema, OpenApiDocument, Operation, Parameter } from "./openapi-document.ts";

const JSON_TYPE = "application/json";

/** The HTTP interface as an OpenAPI 3.1 document. */
export const openApi = (): OpenApiDocument => {
  const paths = new Map<string, Record<string, Operation>>();
  for (const name of routeNames) {
    const route = routeOf(name);
    for (const method of route.methods)
      paths.set(route.path, { ...paths.get(route.path), [method.toLowerCase()]: operation(name, route, method) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "MozDef alert service", version: VERSION, license: { name: "MPL-2.0", identifier: "MPL-2.0" } },
    tags: topics.map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: { schemas: components(), securitySchemes: SECURITY_SCHEMES },
  };
};

/** The first three with a token; see `src/auth/credentials.ts`. */
const SECURITY_SCHEMES = {
  bearer: { type: "http", scheme: "bearer", description: "A token" },
  basic: { type: "http", scheme: "basic", description: "The name of a token, and the token as password" },
  session: { type: "apiKey", in: "cookie", name: "__Host-mozdef-session", description: "Of the pages, under TLS" },
  header: { type: "apiKey", in: "header", name: "Authorization", description: "`ApiKey` or `Splunk`, and a token" },
} as const;

/** Any of them will do; the scope that a route needs stands with each, as OpenAPI 3.1 has it for roles. */
const security = (scope: Route["scope"]): Operation["security"] =>
  scope === "anyone" ? [] : Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: scope === "self" ? [] : [scope] }));

const operation = (name: RouteName, route: Route, method: Method): Operation => ({
  // Ids are unique: a second method of a route has its own.
  operationId: method === route.methods[0] ? name : `${name}.${method.toLowerCase()}`,
  tags: [topicOf(name)],
  summary: route.summary,
  security: security(route.scope),
  parameters: [
    ...pathParameters(route.path),
    ...(route.query === undefined ? [] : queryParameters(route.query)),
    ...conditions(route),
  ],
  ...requestBody(route),
  responses: {
    ...answersOf(route),
    ...unchanged(route),
    default: { description: "Refused or failed", ...contentOf([JSON_TYPE], answerSchema(errorAnswer)) },
  },
});

const tag: JsonSchema = { type: "string" };

/** Headers by which a request is done under a condition. */
const conditions = (route: Route): readonly Parameter[] => [
  ...(takesIfMatch(route) ? [{ name: "If-Match", in: "header", description: IF_MATCH, schema: tag } as const] : []),
  ...(hasEtag(route)
    ? [{ name: "If-None-Match", in: "header", description: IF_NONE_MATCH, schema: tag } as const]
    : []),
];

const IF_MATCH =
  "The ETag that what is to be changed was read with: when it was changed since, nothing is changed and the answer is 412";
const IF_NONE_MATCH = "The ETag of an earlier answer: when the answer would be the same, it is 304 and has no body";
const ETAG = { ETag: { description: "For `If-Match` and `If-None-Match`", schema: tag } };

/** What a read answers under a condition. */
const unchanged = (route: Route): Operation["responses"] =>
  hasEtag(route) ? { 304: { description: "As `If-None-Match` says", headers: ETAG } } : {};

const pathParameters = (path: string): readonly Parameter[] =>
  parameterNames(path).map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));

const queryParameters = (query: z.ZodType): readonly Parameter[] => {
  const { properties = {}, required = [] } = inputSchema(query);
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: "query", schema },
    ...(required.includes(name) && { required: true }),
  }));
};

const requestBody = ({ body, bodyTypes }: Route): Pick<Operation, "requestBody"> => {
  if (body !== undefined)
    return { requestBody: { required: isNeeded(body), ...contentOf([JSON_TYPE], inputSchema(body)) } };
  return bodyTypes === undefined ? {} : { requestBody: contentOf(bodyTypes, {}) };
};

/** Whether a request without a body is refused. */
const isNeeded = (body: z.ZodType): boolean => !body.safeParse(undefined).success;

const answersOf = (route: Route): Operation["responses"] => {
  const { answers, answerType = JSON_TYPE, errors = {} } = route;
  const headers = hasEtag(route) ? { headers: ETAG } : {};
  const own = Object.entries(answers).map(([status, schema]) => [
    status,
    { ...answerOf(status, answerType, schema), ...(status === "200" && headers) },
  ]);
  const failures = Object.entries(errors).map(([status, codes]) => {
    const schema = answers[Number(status)] ?? errorAnswer;
    return [status, { description: codes.join(", "), ...contentOf([JSON_TYPE], orError(schema)) }];
  });
  return Object.fromEntries([...own, ...failures]) as Operation["responses"];
};

const answerOf = (status: string, type: string, schema: z.ZodType): Answer =>
  status === "302"
    ? { description: "Elsewhere", headers: { location: { schema: { type: "string" } } } }
    : { description: "Done", ...answerContent(status, type, schema) };

/** What is no JSON says in JSON what any route may be refused with. */
const answerContent = (status: string, type: string, schema: z.ZodType): { readonly content: Content } => {
  if (Number(status) < 400) return contentOf([type], answerSchema(schema));
  if (type === JSON_TYPE) return contentOf([type], orError(schema));
  const { content } = contentOf([JSON_TYPE], answerSchema(errorAnswer));
  return { content: { ...contentOf([type], answerSchema(schema)).content, ...content } };
};

/** What any route may be refused with has the usual shape, whatever else the status means. */
const orError = (schema: z.ZodType): JsonSchema =>
  schema === errorAnswer ? answerSchema(schema) : { anyOf: [answerSchema(schema), answerSchema(errorAnswer)] };

const contentOf = (types: readonly string[], schema: JsonSchema): { readonly content: Content } => ({
  content: Object.fromEntries(types.map((type) => [type, { schema }])),
});

/** What goes in: before defaults are filled in and texts become times. */
const inputSchema = (schema: z.ZodType) => embedded(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));

const NAMES = new Map<z.ZodType, string>(Object.entries(namedSchemas).map(([name, schema]) => [schema, name]));

const addressOf = (name: string): string => `#/components/schemas/${name}`;

const answerSchema = (schema: z.ZodType): JsonSchema => {
  const name = NAMES.get(schema);
  return name === undefined ? embedded(z.toJSONSchema(schema)) : { $ref: addressOf(name) };
};

/** The named schemas, which refer to one another. */
const components = (): Readonly<Record<string, JsonSchema>> => {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of NAMES) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: addressOf });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, embedded(schema)]));
};

/** Without what only a document of its own needs: its address, and its dialect, which is that of OpenAPI 3.1. */
const embedded = (schema: object): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$id" && key !== "$schema"));
