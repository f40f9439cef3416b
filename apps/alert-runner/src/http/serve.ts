import {
  type AnswerOf,
  endpointsOf,
  type InputOf,
  PAGE_PATHS,
  type PlainAnswerOf,
  type Route,
  routeNames,
  type RouteName,
  routeOf,
  type StatusOf,
} from "@mozdef/alert-api";
import type { Precondition } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ifMatchOf } from "./etags.ts";
import { HttpError } from "./http-error.ts";
import { readInput } from "./read-input.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route of the contract that is served here; none for pages. */
    readonly route?: Route;
    /** Its name. */
    readonly name?: RouteName;
  }
}

/** An answer that says its status. */
class StatusAnswer {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    this.status = status;
    this.body = body;
  }
}

/** What a handler works with. */
export interface Exchange<Name extends RouteName> extends InputOf<Name> {
  readonly request: FastifyRequest;
  /** For headers; the answer itself is what the handler returns. */
  readonly reply: FastifyReply;
  /** Which version of what is to be changed the caller has seen; undefined: the caller does not say. */
  readonly ifMatch: Precondition | undefined;
  /** An answer with one of the statuses that the contract has for the route. */
  readonly answer: <Status extends StatusOf<Name>>(status: Status, body: AnswerOf<Name, Status>) => StatusAnswer;
}

/** Gives the body of the answer 200, or an `answer`. */
export type Handler<Name extends RouteName> = (
  exchange: Exchange<Name>,
) => PlainAnswerOf<Name> | StatusAnswer | Promise<PlainAnswerOf<Name> | StatusAnswer>;

/**
 * Serves a route of the contract: what it takes is checked before the handler sees it, what it answers by the compiler.
 *
 * @param options.bodyLimit - In bytes. Default: that of the server.
 */
export const serve = <Name extends RouteName>(
  app: FastifyInstance,
  name: Name,
  handler: Handler<Name>,
  options: { readonly bodyLimit?: number } = {},
): void => {
  const route = routeOf(name);
  app.route({
    ...options,
    method: [...route.methods],
    url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    config: { route, name },
    handler: async (request, reply) => {
      const result = await handler({
        ...(signed(inputOf(route, request), request) as unknown as InputOf<Name>),
        request,
        reply,
        ifMatch: ifMatchOf(request),
        answer: (status, body) => new StatusAnswer(status, body),
      });
      const { status, body } = result instanceof StatusAnswer ? result : new StatusAnswer(200, result);
      return status === 302 ? reply.redirect(String(body)) : reply.code(status).send(body);
    },
  });
};

/** A body that no schema describes is for the handler to read from the request. */
const inputOf = ({ query, body }: Route, request: FastifyRequest) => ({
  params: filled(request.params as Readonly<Record<string, string>>),
  query: query && readInput(query, request.query, "query"),
  body: body && readInput(body, request.body ?? undefined, "body"),
});

/** Where there is a log-in, it says who makes a change; what the caller says of it counts where there is none. */
const signed = (input: ReturnType<typeof inputOf>, request: FastifyRequest): typeof input => {
  const { body } = input;
  if (typeof body !== "object" || body === null || !("by" in body)) return input;
  const name = request.identity?.name;
  if (name !== undefined) return { ...input, body: { ...body, by: name } };
  request.changedBy = String(body.by);
  return input;
};

/** `/api/alerts/` is not the alert without an id. */
const filled = (params: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  const empty = Object.keys(params).find((name) => params[name] === "");
  if (empty === undefined) return params;
  throw new HttpError("ROUTE_NOT_FOUND", `There is nothing at this address: the part {${empty}} of it is empty.`);
};

/**
 * Makes the server refuse routes that the contract does not name, pages aside. Call it before routes are added.
 *
 * @throws from `app.route` and its like, at start-up.
 */
export const onlyContract = (app: FastifyInstance): void => {
  const known = new Set([
    ...routeNames.flatMap((name) => endpointsOf(routeOf(name))),
    ...PAGE_PATHS.map((path) => `GET ${path}`),
  ]);
  app.addHook("onRoute", ({ method, url }) => {
    const path = url.replaceAll(/:(\w+)/g, "{$1}");
    for (const each of [method].flat()) {
      const endpoint = `${each === "HEAD" ? "GET" : each} ${path}`;
      if (!known.has(endpoint)) throw new Error(`The contract in @mozdef/alert-api does not name ${endpoint}.`);
    }
  });
};
