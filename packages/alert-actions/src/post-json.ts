import { messageOf } from "@mozdef/alert";
import type { DeliveryAnswer, DeliveryContext } from "@mozdef/alert/runtime";
import { deliveryAnswer, type Failure, failureOf, startOf } from "./http-answer.ts";
import { visible } from "@mozdef/query/tools";

/** What is sent to a receiver. */
export interface Posted {
  readonly url: string;
  /** Beside `content-type` and `user-agent`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  /** What no message may show. */
  readonly secrets: readonly string[];
}

/** What of the context a request needs. */
export type Sending = Pick<DeliveryContext, "fetch" | "signal" | "now">;

/** Sends JSON. What a receiver or the network says to it is passed on without the secrets of the configuration. */
export const postJson = async (posted: Posted, context: Sending): Promise<DeliveryAnswer> => {
  const response = await called({ method: "POST", ...posted }, context);
  return await deliveryAnswer(response, context.now, hiding(posted.secrets));
};

/** A request that is answered by JSON. */
export interface Call extends Omit<Posted, "body"> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  /** Default: none. */
  readonly body?: object;
}

/** What came of it: the JSON of the answer, undefined when there is none, or why not. */
export type Called = { readonly json: unknown } | { readonly failure: Failure };

/** Of an answer, in characters. */
const LONGEST_ANSWER = 1_000_000;

/** Asks for JSON, as {@link postJson} does. An answer that should be JSON and is not is tried again. */
export const callJson = async (call: Call, context: Sending): Promise<Called> => {
  const hide = hiding(call.secrets);
  const response = await called(call, context);
  if (!response.ok) return { failure: await failureOf(response, context.now, hide) };
  const text = await startOf(response, LONGEST_ANSWER);
  try {
    return { json: text === "" ? undefined : (JSON.parse(text) as unknown) };
  } catch {
    const answer = { retry: `it answered ${response.status} without JSON: ${visible(hide(text).slice(0, SHOWN))}` };
    return { failure: { answer, status: response.status, start: text } };
  }
};

/** Of an answer that is not JSON, in characters. */
const SHOWN = 300;

const called = async ({ url, method, headers, body, secrets }: Call, { fetch, signal }: Sending): Promise<Response> => {
  try {
    return await fetch(url, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        "user-agent": "mozdef-alerts",
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "manual",
      signal,
    });
  } catch (cause) {
    // Without its cause, which may show the address.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(hiding(secrets)(messageOf(cause)));
  }
};

/** What takes secrets out of a text. */
export const hiding =
  (secrets: readonly string[]) =>
  (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);

/** Of a part of an address, in characters: what is shorter is a word. */
export const SHORTEST_SECRET = 8;

/** What is secret about the address of a webhook, longest first: whoever knows it can send. */
export const secretsOfAddress = (address: string): readonly string[] => {
  const { href, pathname, search, searchParams } = new URL(address);
  const parts = [...pathname.split("/"), ...searchParams.values(), ...search.slice(1).split(/[&=]/)];
  return [address, href, `${pathname}${search}`, ...parts].filter((text) => text.length >= SHORTEST_SECRET);
};
