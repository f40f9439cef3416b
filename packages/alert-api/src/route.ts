import type { z } from "zod";
import type { Scope } from "./scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One route of the service: what it takes and what it answers. */
export interface Route {
  /** More than one when they mean the same. */
  readonly methods: readonly [Method, ...Method[]];
  /** Parameters in braces, as OpenAPI writes them: `/api/alerts/{id}`. */
  readonly path: `/${string}`;
  /** What a caller needs when the service has a log-in; `anyone`: nothing, `self`: to be signed in. */
  readonly scope: Scope | "anyone" | "self";
  /** One line for people: what the route does. */
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Content types of a body that no schema describes. */
  readonly bodyTypes?: readonly string[];
  /** The body of each answer by its status. The body of a 302 is the address it leads to. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Content type of the answers. Default: JSON. */
  readonly answerType?: string;
  /** Error codes by status, beyond those that every route may answer ({@link COMMON_ERRORS}). */
  readonly errors?: Readonly<Record<number, readonly string[]>>;
}

/** Whether a route changes something that others see: what it did is in the audit log. */
export const isChange = ({ methods, scope, bodyTypes }: Route): boolean =>
  !methods.includes("GET") && bodyTypes === undefined && ["handle", "operate", "admin"].includes(scope);

/** Whether answers have an ETag, by which a program asks for what has changed alone (`If-None-Match`). */
export const hasEtag = ({ methods, path, answerType }: Route): boolean =>
  methods.includes("GET") && path.startsWith("/api/") && answerType === undefined;

/** The error of a change on condition (`If-Match`) when the version of what is to be changed is another one. */
export const OTHER_VERSION = { 412: ["STORE_PRECONDITION_FAILED"] } as const;

/** Whether a route changes on condition. */
export const takesIfMatch = ({ errors = {} }: Route): boolean => errors[412] !== undefined;

/** Routes by name. The parts of a table are written with this, so that each keeps its own type. */
export const defineRoutes = <const Routes extends Readonly<Record<string, Route>>>(routes: Routes): Routes => routes;

/** The parameters of a path: `{ id: string }` for `/api/alerts/{id}`. */
export type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Readonly<Record<Name, string>> & PathParameters<Rest>
  : object;

/** The names in the braces of a path, in order. */
export const parameterNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);

/** `GET /api/alerts`, once for each method. */
export const endpointsOf = ({ methods, path }: Pick<Route, "methods" | "path">): readonly string[] =>
  methods.map((method) => `${method} ${path}`);
