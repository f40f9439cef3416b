import type { z } from "zod";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One route of the service: what it takes and what it answers. */
export interface Route {
  /** More than one when they mean the same. */
  readonly methods: readonly [Method, ...Method[]];
  /** Parameters in braces, as OpenAPI writes them: `/api/alerts/{id}`. */
  readonly path: `/${string}`;
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
