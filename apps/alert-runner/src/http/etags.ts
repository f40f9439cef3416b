import { hasEtag } from "@mozdef/alert-api";
import type { Precondition } from "@mozdef/alert-store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createHash } from "node:crypto";

declare module "fastify" {
  interface FastifyReply {
    /** The version of what the answer shows, for whoever changes it next; null when it has none. */
    version: string | null;
  }
}

/** Between the version and the hash of the answer, in an ETag. */
const BETWEEN = ".";

/**
 * Gives answers an ETag: the version of what is shown, where it can be changed on condition, and a hash of the answer, since some of what is
 * shown goes on by itself, such as the last run of an alert. `If-None-Match` asks for the whole, `If-Match` for the version.
 */
export const answerEtags = (app: FastifyInstance): void => {
  app.decorateReply("version", null);
  app.addHook("onSend", (request, reply, payload, done) => {
    if (typeof payload !== "string" || !isTagged(request, reply)) {
      done(null, payload);
      return;
    }
    const etag = etagOf(reply.version, payload);
    reply.header("etag", etag);
    if (request.method !== "GET" || !isKnown(request.headers["if-none-match"], etag)) done(null, payload);
    else {
      reply.code(304).removeHeader("content-type").removeHeader("content-length");
      done(null, null);
    }
  });
};

const isTagged = ({ routeOptions: { config } }: FastifyRequest, { version, statusCode }: FastifyReply): boolean =>
  (statusCode === 200 || statusCode === 201) &&
  (version !== null || (config.route !== undefined && hasEtag(config.route)));

const etagOf = (version: string | null, payload: string): string => {
  const hash = createHash("sha256").update(payload).digest("base64url").slice(0, 22);
  return version === null ? `"${hash}"` : `"${version}${BETWEEN}${hash}"`;
};

/** A proxy that packs answers makes their tags weak: the version in them is still the same. */
const tagsIn = (header: string): readonly string[] =>
  [...header.matchAll(/"([^"]*)"/g)].flatMap(([, tag]) => tag ?? []);

const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === "*" || tagsIn(header).includes(etag.slice(1, -1)));

/** What `If-Match` of a request says of the version that may be changed; undefined: any. */
export const ifMatchOf = ({ headers }: FastifyRequest): Precondition | undefined => {
  const header = headers["if-match"];
  if (header === undefined || header.trim() === "*") return undefined;
  const versions = new Set(tagsIn(header).map((tag) => tag.split(BETWEEN, 1)[0]));
  return (version) => versions.has(version);
};
