import type { RequestOf, RouteName } from "@mozdef/alert-api";
import {
  ApiError,
  type CallAnswer,
  type CallOptions,
  createRequester,
  type EndpointOf,
} from "@mozdef/alert-api/client";

interface Request<Name extends RouteName> {
  readonly params?: RequestOf<Name>["params"];
  /** A query string, without its `?`. */
  readonly search?: string;
  readonly body?: RequestOf<Name>["body"];
  readonly signal?: AbortSignal;
  /** A status that is an answer too, such as 503 of a service that says how it is. */
  readonly answerStatus?: number;
}

/** The pages ask the service that they come from. */
const request = createRequester({ url: "" });

/**
 * Asks a route of the service. Its name is given as the type parameter: what the contract says of it is checked by the
 * compiler, and the contract itself stays out of the page.
 *
 * @throws {ApiError} for every answer but success; what was aborted rejects as `fetch` does.
 */
export const ask = async <Name extends RouteName>(
  endpoint: EndpointOf<Name>,
  { search, ...wanted }: Request<Name>,
): Promise<CallAnswer<Name>> => {
  try {
    const query = search === undefined ? {} : { query: new URLSearchParams(search) };
    return await request<Name>(endpoint, { ...wanted, ...query } as CallOptions<Name>);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) SIGNED_OUT.dispatchEvent(new Event(ENDED));
    throw error;
  }
};

const ENDED = "ended";
const SIGNED_OUT = new EventTarget();

/**
 * Calls back whenever the service answers that nobody has signed in, or not any more.
 *
 * @returns what ends that.
 */
export const onSignedOut = (listener: () => void): (() => void) => {
  SIGNED_OUT.addEventListener(ENDED, listener);
  return () => SIGNED_OUT.removeEventListener(ENDED, listener);
};
