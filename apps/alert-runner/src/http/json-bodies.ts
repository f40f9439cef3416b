import type { FastifyInstance } from "fastify";
import { HttpError } from "./http-error.ts";

const DECODER = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads bodies of JSON as they were meant: bytes that are not UTF-8, and a key that is there twice, would be taken for something else than was
 * sent. Events have a reader of their own.
 */
export const readJsonBodies = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    const text = decoded(body);
    if (text === null) {
      done(new HttpError("BODY_INVALID", "The body is not UTF-8."));
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      if (error !== null) done(error);
      else if (membersIn(text) !== membersOf(value))
        done(new HttpError("BODY_INVALID", "The body has a key twice in one object."));
      else done(null, value);
    });
  });
};

const decoded = (body: Buffer): string | null => {
  try {
    return DECODER.decode(body);
  } catch {
    return null;
  }
};

/** Members of all objects as they are written: outside of texts, each has one colon. */
const membersIn = (json: string): number => {
  let members = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '"') isText = !isText;
    else if (isText && character === "\\") at += 1;
    else if (!isText && character === ":") members += 1;
  }
  return members;
};

/** Members of all objects as they were read: of a key that is there twice, one is left. */
const membersOf = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const values: readonly unknown[] = Object.values(value);
  return values.reduce((sum: number, each) => sum + membersOf(each), Array.isArray(value) ? 0 : values.length);
};
