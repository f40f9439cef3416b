import { ApiError, errorOf } from "./api-error.ts";

/**
 * Asks the service.
 *
 * @throws {ApiError} for every answer but success; what was aborted rejects as `fetch` does.
 */
export const request = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError(0, "UNREACHABLE", "The alert service does not answer.", { cause });
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok || body === undefined) throw errorOf(response.status, body);
  return body as T;
};

/** A request that changes something. */
export const sending = (method: "POST" | "PATCH", body: unknown): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
