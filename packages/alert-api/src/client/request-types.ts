import type { AnswerOf, Contract, RequestOf, RouteName, StatusOf } from "../contract.ts";

/** `GET /api/alerts/{id}`: a route as it is written in the contract. */
export type EndpointOf<Name extends RouteName> = `${Contract[Name]["methods"][number]} ${Contract[Name]["path"]}`;

/** The statuses of a route that are no failure. */
type SuccessOf<Name extends RouteName> = Extract<StatusOf<Name>, 200 | 201 | 202 | 207>;

/** What a call of a route gives. */
export type CallAnswer<Name extends RouteName> = {
  [Status in SuccessOf<Name>]: AnswerOf<Name, Status>;
}[SuccessOf<Name>];

/** The routes that answer with data; the others lead a browser elsewhere. */
export type CallName = { [Name in RouteName]: [SuccessOf<Name>] extends [never] ? never : Name }[RouteName];

/** What goes along with every request. */
export interface CallSettings {
  readonly signal?: AbortSignal | undefined;
  /** The ETag that what is changed has to have still, as `etagOf` tells it: else the answer is 412, `PRECONDITION_FAILED`. */
  readonly ifMatch?: string | undefined;
  /** A status whose body is an answer, too, unless it is an error: 503 of `getStatus`, which says how the service is. Default: none. */
  readonly answerStatus?: number | undefined;
}

/** A body that no schema describes: a text is sent as it is, anything else as JSON. */
export type RawBody = string | object;

type BodyOf<Name extends RouteName> = Contract[Name] extends { readonly bodyTypes: readonly string[] }
  ? RawBody
  : RequestOf<Name>["body"];

type QueryOf<Name extends RouteName> = undefined extends RequestOf<Name>["query"]
  ? undefined
  : RequestOf<Name>["query"] | URLSearchParams;

/** A part of a request: not there at all, needed, or left out at will. */
type Part<Key extends string, Value> = [Value] extends [undefined]
  ? object
  : undefined extends Value
    ? Partial<Readonly<Record<Key, Value>>>
    : object extends Value
      ? Partial<Readonly<Record<Key, Value>>>
      : Readonly<Record<Key, Value>>;

/** What a call of a route takes. */
export type CallOptions<Name extends RouteName> = CallSettings &
  Part<"params", RequestOf<Name>["params"]> &
  Part<"query", QueryOf<Name>> &
  Part<"body", BodyOf<Name>>;
