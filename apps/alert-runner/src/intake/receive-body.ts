import { EVENT_BODY_TYPES } from "@mozdef/alert-api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import type { Limits } from "../config/config-schema.ts";
import { errorAnswer } from "../http/error-answers.ts";
import { HttpError } from "../http/http-error.ts";
import { Arrival } from "./arrival.ts";
import { BodyCollector, bodyTooLarge, intakeBusy } from "./body-collector.ts";
import type { Intake } from "./create-intake.ts";

export interface ReceiveOptions extends Pick<Intake, "budget" | "watch"> {
  readonly limits: Pick<Limits, "bodyBytes" | "bodyMs" | "unpackRatio">;
}

/**
 * Makes the routes of an instance receive their bodies as bytes, unpacked, whichever accepted type they have. A body that no
 * route wants is never touched.
 */
export const acceptEventBodies = (app: FastifyInstance, options: ReceiveOptions): void => {
  app.removeAllContentTypeParsers();
  for (const type of EVENT_BODY_TYPES)
    app.addContentTypeParser(type, (request: FastifyRequest, payload: Readable) =>
      receiveBody(request, payload, options),
    );
  app.addContentTypeParser("*", (request, _payload, done) => done(unsupported(request)));
  app.addHook("onError", (request, _reply, error, done) => {
    const { code, message } = errorAnswer(error);
    if (request.routeOptions.config.route?.bodyTypes !== undefined) options.watch.refuse(code, message);
    done();
  });
};

/** Hands the body of a request over and gives its memory back at the end of the work. Empty when there was none. */
export const withBody = async <T>({ body }: FastifyRequest, work: (bytes: Buffer) => Promise<T>): Promise<T> => {
  if (!(body instanceof BodyCollector)) return work(Buffer.alloc(0));
  try {
    return await work(body.bytes);
  } finally {
    body.release();
  }
};

/** Memory that unpacking takes beside what comes out of it: the window, and a chunk on its way. */
const UNPACKER_BYTES = 128 * 1_024;
const CHUNK_BYTES = 64 * 1_024;

/** Up to here even a decompression bomb does no harm. */
const SMALL_BYTES = 1_024 * 1_024;

const receiveBody = async (
  request: FastifyRequest,
  payload: Readable,
  { budget, limits }: ReceiveOptions,
): Promise<BodyCollector> => {
  const createUnpacker = unpackerFor(request);
  const declared = declaredLength(request);
  const most = limits.bodyBytes;
  if (declared !== undefined && declared > most) throw bodyTooLarge(most);
  if (declared !== undefined && !budget.hasRoom(declared)) throw intakeBusy(budget);
  const body = new BodyCollector(budget, most);
  const arrival = new Arrival(payload, limits);
  try {
    if (createUnpacker === undefined) await arrival.read(payload, (chunk) => body.add(chunk, declared));
    else {
      body.hold(UNPACKER_BYTES);
      await unpackInto(body, arrival, createUnpacker(), limits.unpackRatio);
    }
    return body;
  } catch (error) {
    body.release();
    throw error;
  }
};

const unpackInto = async (body: BodyCollector, arrival: Arrival, unpacker: Unpacker, ratio: number): Promise<void> => {
  arrival.pipe(unpacker);
  try {
    await arrival.read(unpacker, (chunk) => {
      body.add(chunk, undefined);
      if (body.length > SMALL_BYTES && body.length > arrival.bytes * ratio) throw tooDense(ratio);
    });
  } finally {
    arrival.unpipe(unpacker);
    unpacker.destroy();
  }
};

const declaredLength = ({ headers }: FastifyRequest): number | undefined => {
  const length = headers["content-length"];
  return length === undefined ? undefined : Number(length);
};

type Unpacker = ReturnType<typeof createGunzip> | ReturnType<typeof createInflate>;

const unpackerFor = ({ headers }: FastifyRequest): (() => Unpacker) | undefined => {
  const encoding = (headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity") return undefined;
  if (encoding === "gzip" || encoding === "x-gzip") return () => createGunzip({ chunkSize: CHUNK_BYTES });
  if (encoding === "deflate") return () => createInflate({ chunkSize: CHUNK_BYTES });
  throw new HttpError(
    "CONTENT_ENCODING_UNSUPPORTED",
    `Content-Encoding "${encoding.slice(0, 50)}" is not supported. Expected: gzip, deflate or none.`,
  );
};

const tooDense = (ratio: number): HttpError =>
  new HttpError(
    "BODY_TOO_DENSE",
    `The body becomes more than ${ratio} times larger when it is unpacked (limits.unpackRatio), which no real events do. Send it unpacked.`,
  );

const unsupported = (request: FastifyRequest): HttpError =>
  new HttpError(
    "CONTENT_TYPE_UNSUPPORTED",
    `Content-Type ${JSON.stringify(request.headers["content-type"]?.slice(0, 100) ?? "(none)")} is not supported. Send -H 'Content-Type: application/json' for JSON, or application/x-ndjson for one event a line.`,
  );
