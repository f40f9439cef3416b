import { EVENT_BODY_TYPES } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createGunzip, createInflate } from "node:zlib";
import type { Readable } from "node:stream";
import { HttpError } from "../http/http-error.ts";

/** Makes the routes of an instance receive their bodies as bytes, unpacked, whichever accepted type they have. */
export const acceptEventBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  for (const type of EVENT_BODY_TYPES)
    app.addContentTypeParser(type, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addContentTypeParser("*", (request, _payload, done) => done(unsupported(request)));
  app.addHook("preParsing", (request, _reply, payload, done) => {
    try {
      done(null, unpacked(request, payload));
    } catch (error) {
      done(error as HttpError);
    }
  });
};

/** The body of a request to an event route; empty when it had none. */
export const bytesOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/** The limit on the size of bodies counts the unpacked bytes, so a small file that unpacks to a large one is refused as well. */
const unpacked = (request: FastifyRequest, payload: Readable): Readable => {
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return payload;
  const unpack =
    encoding === "gzip" || encoding === "x-gzip"
      ? createGunzip()
      : encoding === "deflate"
        ? createInflate()
        : undefined;
  if (unpack !== undefined) return counting(payload, unpack);
  throw new HttpError(
    "CONTENT_ENCODING_UNSUPPORTED",
    `Content-Encoding "${encoding.slice(0, 50)}" is not supported. Expected: gzip, deflate or none.`,
  );
};

/** Fastify compares the bytes received with Content-Length, which counts the packed ones. */
const counting = (payload: Readable, unpack: Readable & NodeJS.WritableStream): Readable => {
  const stream = Object.assign(unpack, { receivedEncodedLength: 0 });
  payload.on("data", (chunk: Buffer) => (stream.receivedEncodedLength += chunk.length));
  payload.on("error", (error) => stream.destroy(error));
  // A request that is refused before its body is read has nobody who listens for broken data, and an error without a listener ends the process.
  stream.on("error", () => payload.unpipe(stream).resume());
  payload.pipe(stream);
  return stream;
};

const unsupported = (request: FastifyRequest): HttpError =>
  new HttpError(
    "CONTENT_TYPE_UNSUPPORTED",
    `Content-Type ${JSON.stringify(request.headers["content-type"]?.slice(0, 100) ?? "(none)")} is not supported. Send -H 'Content-Type: application/json' for JSON, or application/x-ndjson for one event a line.`,
  );
