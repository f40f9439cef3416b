import type { Contract, PlainAnswerOf, RequestOf, RouteName } from "@mozdef/alert-api";
import { ApiError, errorOf } from "./api-error.ts";

/** `GET /api/alerts/{id}`: how the contract writes a route. */
type EndpointOf<Name extends RouteName> = `${Contract[Name]["methods"][number]} ${Contract[Name]["path"]}`;

interface Request<Name extends RouteName> {
  readonly params?: RequestOf<Name>["params"];
  /** A query string, without its `?`. */
  readonly search?: string;
  readonly body?: RequestOf<Name>["body"];
  readonly signal?: AbortSignal;
}

/**
 * Asks a route of the service. Its name is given as the type parameter: what the contract says of it is checked by the
 * compiler, and the contract itself stays out of the page.
 *
 * @throws {ApiError} for every answer but success; what was aborted rejects as `fetch` does.
 */
export const ask = async <Name extends RouteName>(
  endpoint: EndpointOf<Name>,
  { params, search, body, signal }: Request<Name>,
): Promise<PlainAnswerOf<Name>> => {
  const [method = "", path = ""] = endpoint.split(" ");
  const address = filled(path, params ?? {});
  const answer = await send(search === undefined ? address : `${address}?${search}`, {
    method,
    ...(signal && { signal }),
    ...(body !== undefined && json(body)),
  });
  return answer as PlainAnswerOf<Name>;
};

const filled = (path: string, params: object): string =>
  path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) =>
    encodeURIComponent((params as Readonly<Record<string, string>>)[name] ?? ""),
  );

const json = (body: unknown): RequestInit => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const send = async (url: string, init: RequestInit): Promise<unknown> => {
  const response = await fetch(url, init).catch((cause: unknown) => {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError(0, "UNREACHABLE", "The alert service does not answer.", { cause });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok || body === undefined) throw errorOf(response.status, body);
  return body;
};
