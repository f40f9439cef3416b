import type { HttpErrorCode } from "@mozdef/alert-api";
import { EngineError, type EngineErrorCode } from "@mozdef/alert-engine";
import { StoreError } from "@mozdef/alert-store";
import { AlertError } from "@mozdef/alert/runtime";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Socket } from "node:net";
import { HttpError } from "./http-error.ts";
import { methodsAt } from "./methods-at.ts";

/** What every error is answered with. */
interface ErrorAnswer {
  readonly statusCode: number;
  readonly code: string;
  readonly message: string;
}

/** What the HTTP framework and the unpacker throw, in our words. */
const FOREIGN: Readonly<Record<string, HttpErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "BODY_TOO_LARGE",
  FST_ERR_CTP_EMPTY_JSON_BODY: "BODY_EMPTY",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "BODY_INVALID",
  FST_ERR_CTP_INVALID_JSON_BODY: "BODY_INVALID",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "CONTENT_TYPE_UNSUPPORTED",
  FST_ERR_BAD_URL: "REQUEST_INVALID",
  Z_BUF_ERROR: "CONTENT_ENCODING_BROKEN",
  Z_DATA_ERROR: "CONTENT_ENCODING_BROKEN",
};

/** What does not get as far as a route: an address that cannot be decoded, or bytes that are not HTTP. */
export const answerBadRequests = {
  frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
    const { statusCode, code, message } = errorAnswer(error);
    void reply.code(statusCode).send({ error: { code, message } });
  },
  clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === "ECONNRESET" || !socket.writable) return;
    const { status, ...failure } = SOCKET_ERRORS.get(error.code ?? "") ?? NOT_HTTP;
    const body = JSON.stringify({ error: failure });
    socket.write(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    // Ending one side alone would leave the other, and all that has come so far, to the sender.
    socket.destroySoon();
  },
};

const NOT_HTTP = { status: "400 Bad Request", code: "REQUEST_INVALID", message: "This is not a valid HTTP request." };

const SOCKET_ERRORS: ReadonlyMap<string, typeof NOT_HTTP> = new Map([
  [
    "HPE_HEADER_OVERFLOW",
    {
      status: "431 Request Header Fields Too Large",
      code: "REQUEST_INVALID",
      message: "The headers of the request are too large.",
    },
  ],
  [
    "ERR_HTTP_REQUEST_TIMEOUT",
    {
      status: "408 Request Timeout",
      code: "BODY_TIMEOUT",
      message: "The request did not arrive in time (limits.bodyMs).",
    },
  ],
]);

/** Answers every error as `{ error: { code, message } }` and logs those that are ours, not the sender's. */
export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { statusCode, code, message } = errorAnswer(error);
    if (statusCode >= 500) request.log.error({ err: error }, "request failed");
    // The rest of the body is not read.
    if (statusCode === 408 || statusCode === 413) reply.header("connection", "close");
    if (statusCode === 429 || statusCode === 503) reply.header("retry-after", String(retrySeconds(error)));
    return reply.code(statusCode).send({ error: { code, message } });
  });
  app.setNotFoundHandler((request, reply) => {
    throw nowhere(request, reply);
  });
};

/** Refuses what no route takes before its body is read, which could be wrong in other ways. Call it after all guards. */
export const refuseUnknown = (app: FastifyInstance): void => {
  app.addHook("onRequest", (request, reply, done) => {
    done(request.is404 ? nowhere(request, reply) : undefined);
  });
};

const nowhere = (request: FastifyRequest, reply: FastifyReply): HttpError => {
  const allowed = methodsAt(pathOf(request));
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    reply.header("allow", allowed.join(", "));
    return new HttpError(
      "METHOD_NOT_ALLOWED",
      `${pathOf(request)} does not take ${request.method}. Expected: ${allowed.join(", ")}.`,
    );
  }
  return new HttpError(
    "ROUTE_NOT_FOUND",
    `There is no route ${request.method} ${pathOf(request)}. Events go to POST /events; the pages are at /alerts.`,
  );
};

const retrySeconds = (error: Error): number => (error instanceof HttpError ? (error.retrySeconds ?? 5) : 5);

/** What an error is answered with, whoever threw it. */
export const errorAnswer = (error: Error & { readonly code?: unknown; readonly statusCode?: unknown }): ErrorAnswer => {
  if (error instanceof HttpError) return { statusCode: error.statusCode, code: error.code, message: error.message };
  if (error instanceof EngineError)
    return { statusCode: ENGINE_STATUS[error.code], code: error.code, message: error.message };
  if (error instanceof AlertError) return { statusCode: 400, code: error.code, message: error.message };
  if (error instanceof StoreError) return { statusCode: statusOf(error), code: error.code, message: error.message };
  const code = typeof error.code === "string" && Object.hasOwn(FOREIGN, error.code) ? FOREIGN[error.code] : undefined;
  if (code !== undefined) return errorAnswer(new HttpError(code, foreignMessage(code, error)));
  if (typeof error.statusCode === "number" && error.statusCode >= 400 && error.statusCode < 500)
    return { statusCode: error.statusCode, code: "REQUEST_INVALID", message: error.message };
  // Whatever else was thrown may hold secrets in its message: the log has it.
  return { statusCode: 500, code: "INTERNAL_ERROR", message: "The service failed on this request. Its log says why." };
};

const ENGINE_STATUS: Readonly<Record<EngineErrorCode, number>> = {
  BACKFILL_INVALID: 400,
  BACKFILL_NOT_FOUND: 404,
  EXCEPTION_INVALID: 400,
  EXCEPTION_NOT_FOUND: 404,
  HOST_FAILED: 503,
  ROUTE_INVALID: 500,
  RUN_UNANSWERED: 504,
  SCHEDULE_NOT_FOUND: 404,
  SHUTTING_DOWN: 503,
  SILENCE_INVALID: 400,
  SILENCE_NOT_FOUND: 404,
};

const statusOf = (error: StoreError): number => {
  if (error.code === "STORE_UNAVAILABLE") return 503;
  if (error.code === "STORE_CONFLICT" || error.code === "STORE_HISTORY_FULL") return 409;
  if (error.code === "STORE_PRECONDITION_FAILED") return 412;
  if (error.code === "STORE_CHANGE_INVALID" || error.code === "STORE_QUERY_INVALID") return 400;
  return error.retryable ? 429 : 502;
};

const foreignMessage = (code: HttpErrorCode, error: Error): string => {
  switch (code) {
    case "BODY_TOO_LARGE":
      return "The body is too large.";
    case "CONTENT_ENCODING_BROKEN":
      return `The body cannot be unpacked as its Content-Encoding says: ${error.message}.`;
    case "CONTENT_TYPE_UNSUPPORTED":
      return "The Content-Type is not supported. Expected: application/json.";
    case "BODY_EMPTY":
      return "The body is empty. Expected: JSON, as the Content-Type says.";
    case "BODY_INVALID":
      return "The body is not JSON, though the Content-Type says so.";
    default:
      return error.message.slice(0, 300);
  }
};

const pathOf = (request: FastifyRequest): string => (request.url.split("?")[0] ?? "").slice(0, 200);
