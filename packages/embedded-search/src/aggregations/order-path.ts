import { ApiError } from "../errors/api-error.ts";
import type { Aggregator } from "./aggregator.ts";
import { MergeError } from "../errors/merge-error.ts";

type Children = ReadonlyMap<string, Aggregator>;

/** One step of a path: the name of an aggregation, and which of its numbers is meant. */
interface PathStep {
  readonly name: string;
  readonly key: string | undefined;
}

/** `name`, `name.key` or `name[key]`; a name may have dots itself. */
const readStep = (children: Children, text: string): PathStep => {
  const [, bracketed, inner] = /^([^[]+)\[([^\]]+)\]$/.exec(text) ?? [];
  if (bracketed !== undefined) return { name: bracketed, key: inner };
  const dot = text.lastIndexOf(".");
  if (dot <= 0 || children.has(text)) return { name: text, key: undefined };
  return { name: text.slice(0, dot), key: text.slice(dot + 1) };
};

/** The first step of a path and the rest of it. */
const split = (path: string): readonly [first: string, rest: string | undefined] => {
  const at = path.replace(/>$/, "").indexOf(">");
  return at === -1 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
};

/** The number at a path in one bucket. */
export const numberAt = (children: Children, bucket: number, path: string): number => {
  const [first, rest] = split(path);
  if (rest !== undefined) {
    const inside = children.get(first)?.inside;
    if (inside) return inside.metric(bucket, rest);
    throw notThere(path);
  }
  const { name, key } = readStep(children, first);
  const value = children.get(name)?.metric?.(bucket, key);
  if (value !== undefined) return value;
  throw notThere(path);
};

/**
 * @param whole - The path as given, for messages.
 * @throws {ApiError} 400 when there is no number at that path.
 */
export const checkPath = (children: Children, path: string, whole: string): void => {
  const [first, rest] = split(path);
  if (rest !== undefined) {
    const child = children.get(first);
    if (!child) throw invalidPath(whole, missing(first));
    if (!child.inside) throw invalidPath(whole, `${ONLY_SINGLE} [${first}] is not single-bucket.`);
    child.inside.checkPath(rest, whole);
    return;
  }
  const { name, key } = readStep(children, first);
  const child = children.get(name);
  if (!child) throw invalidPath(whole, missing(children.has(first) || key === undefined ? name : first));
  const problem = child.orderProblem ? child.orderProblem(key, name) : ONLY_SINGLE;
  if (problem !== undefined) throw invalidPath(whole, problem);
};

/** What Elasticsearch says when buckets cannot be sorted by an aggregation at all. */
export const ONLY_SINGLE =
  "Buckets can only be sorted on a sub-aggregator path that is built out of zero or more single-bucket aggregations within the path and a final single-bucket or a metrics aggregation at the path end.";

/** Why a measure with a single value has no such number. */
export const singleValueProblem = (key: string | undefined, name: string): string | undefined =>
  key === undefined || key === "value"
    ? undefined
    : `Ordering on a single-value metrics aggregation can only be done on its value. Either drop the key (a la "${name}") or change it to "value" (a la "${name}.value")`;

const missing = (name: string): string =>
  `The provided aggregation [${name}] either does not exist, or is a pipeline aggregation and cannot be used to sort the buckets.`;

const invalidPath = (path: string, reason: string): ApiError =>
  new ApiError(400, {
    type: "invalid_path",
    reason: `Invalid aggregation order path [${path}]. ${reason}`,
    causedBy: { type: "illegal_argument_exception", reason },
  });

const notThere = (path: string): ApiError => {
  const reason = `Cannot find aggregation named [${path}]`;
  const illegal = { type: "illegal_argument_exception", reason };
  return new MergeError({
    ...illegal,
    reason: `Invalid aggregation order path [${path}]. ${reason}`,
    causedBy: illegal,
  });
};
