import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "./http-error.ts";

/** Refuses requests whose headers say two things at once, or something that would be misread. */
export const checkHeaders = (app: FastifyInstance): void => {
  app.addHook("onRequest", (request, _reply, done) => {
    if (request.raw.httpVersionMajor !== 1)
      done(
        new HttpError(
          "REQUEST_INVALID",
          `The version of HTTP is not supported: ${request.raw.httpVersion}. Expected: 1.1.`,
        ),
      );
    else if (countOf("host", request) > 1)
      done(new HttpError("REQUEST_INVALID", "The request has more than one Host header."));
    else done(foreignCharset(request));
  });
};

/** Names and values alternate, as received. */
const countOf = (name: string, { raw: { rawHeaders } }: FastifyRequest): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;

const UTF8 = new Set(["utf-8", "utf8", "us-ascii"]);

const foreignCharset = ({ headers }: FastifyRequest): HttpError | undefined => {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers["content-type"] ?? "")?.[1];
  if (charset === undefined || UTF8.has(charset.toLowerCase())) return undefined;
  return new HttpError(
    "CONTENT_TYPE_UNSUPPORTED",
    `The charset ${JSON.stringify(charset.slice(0, 50))} of the Content-Type is not supported. Expected: utf-8.`,
  );
};
