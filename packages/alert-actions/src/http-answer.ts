import type { DeliveryAnswer, Refused, Retry } from "@mozdef/alert/runtime";
import { visible } from "@mozdef/query/tools";

/** Statuses that say that the same request may succeed later. */
const LATER = new Set([408, 425, 429]);

/** Of an answer that is no success: what is shown of its body, in characters. */
const SHOWN = 300;

/** What is read of it: a secret that begins in what is shown is there whole. */
const READ = 3_000;

/**
 * What an answer means to the delivery. Redirects are not followed: they would take alerts, and credentials, elsewhere.
 *
 * @param hide - Takes out of the answer what nobody may see. Default: nothing is.
 */
export const deliveryAnswer = async (
  response: Response,
  now: Date,
  hide: (text: string) => string = String,
): Promise<DeliveryAnswer> => {
  if (!response.ok) return (await failureOf(response, now, hide)).answer;
  await response.body?.cancel();
  return undefined;
};

/** An answer that is no success. */
export interface Failure {
  readonly answer: Retry | Refused;
  readonly status: number;
  /** Of its body, as it came. */
  readonly start: string;
}

/** What an answer that is no success means, and what it says. */
export const failureOf = async (response: Response, now: Date, hide: (text: string) => string): Promise<Failure> => {
  const { status } = response;
  const start = await startOf(response);
  const reason = `it answered ${status}${start === "" ? "" : `: ${visible(hide(start).slice(0, SHOWN))}`}`;
  if (status < 500 && !LATER.has(status)) return { answer: { refused: reason }, status, start };
  const afterMs = retryAfterMs(response.headers.get("retry-after"), now) ?? retryAfterOfBodyMs(start);
  return { answer: { retry: reason, ...(afterMs !== null && { afterMs }) }, status, start };
};

/** The beginning of a body, in at most so many characters. */
export const startOf = async (response: Response, most: number = READ): Promise<string> => {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, most);
};

/** RFC 9110: seconds, or a date. */
const retryAfterMs = (header: string | null, now: Date): number | null => {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
};

/** Discord and Telegram say it in the JSON of their answer too, in seconds; Telegram nowhere else. */
const retryAfterOfBodyMs = (start: string): number | null => {
  const seconds = /"retry_after"\s*:\s*(\d{1,9}(?:\.\d{1,9})?)/.exec(start)?.[1];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1_000);
};
