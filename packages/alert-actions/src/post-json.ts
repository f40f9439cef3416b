import { messageOf } from "@mozdef/alert";
import type { DeliveryAnswer, DeliveryContext } from "@mozdef/alert/runtime";
import { deliveryAnswer } from "./http-answer.ts";

/** What is sent to a receiver. */
export interface Posted {
  readonly url: string;
  /** Beside `content-type` and `user-agent`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  /** What no message may show. */
  readonly secrets: readonly string[];
}

/** Sends JSON. What a receiver or the network says to it is passed on without the secrets of the configuration. */
export const postJson = async (
  { url, headers, body, secrets }: Posted,
  { fetch, signal, now }: Pick<DeliveryContext, "fetch" | "signal" | "now">,
): Promise<DeliveryAnswer> => {
  const hide = hiding(secrets);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "mozdef-alerts", ...headers },
      body: JSON.stringify(body),
      redirect: "manual",
      signal,
    });
    return await deliveryAnswer(response, now, hide);
  } catch (cause) {
    // Without its cause, which may show the address.
    // eslint-disable-next-line preserve-caught-error
    throw new Error(hide(messageOf(cause)));
  }
};

/** What takes secrets out of a text. */
export const hiding =
  (secrets: readonly string[]) =>
  (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);

/** Of a part of an address, in characters: what is shorter is a word. */
const SHORTEST_SECRET = 8;

/** What is secret about the address of a webhook, longest first: whoever knows it can send. */
export const secretsOfAddress = (address: string): readonly string[] => {
  const { href, pathname, search, searchParams } = new URL(address);
  const parts = [...pathname.split("/"), ...searchParams.values(), ...search.slice(1).split(/[&=]/)];
  return [address, href, `${pathname}${search}`, ...parts].filter((text) => text.length >= SHORTEST_SECRET);
};
