import type { Cluster } from "../cluster/cluster.ts";
import type { ExpressionOptions } from "../cluster/index-expression.ts";
import type { SearchTarget } from "../hits/scope.ts";
import { illegalArgument, ApiError, unsupported } from "../errors/api-error.ts";
import { placingErrors } from "../errors/place-errors.ts";
import type { JsonLine } from "../http/json-lines.ts";
import { parseBody } from "../http/parse-body.ts";
import type { Steps } from "../index/steps.ts";
import { isObject, type Json, type JsonObject, showJson, tokenOf } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { checkFaults, parseSearch, searchFaults, type SearchRequest, validation } from "../search/search-request.ts";
import { expressionOptions, readExpand } from "./expression-options.ts";
import { type Answer, type Handler, ok, type Route } from "./router.ts";
import { runSearch } from "./search-api.ts";
import { searchTargets } from "./search-targets.ts";
import { inSlices } from "./slices.ts";

interface Search {
  readonly expression: string;
  readonly options: ExpressionOptions;
  readonly request: SearchRequest;
}

const msearch: Handler = (request, cluster) => {
  const { parameters, part, body, lines } = request;
  const startMs = performance.now();
  parameters.skip("max_concurrent_searches", "max_concurrent_shard_requests", "pre_filter_shard_size");
  parameters.skip("ccs_minimize_roundtrips");
  for (const name of ["search_type", "typed_keys", "routing"])
    if (parameters.text(name) !== undefined) throw unsupported(`The parameter [${name}] of msearch`);
  const totalAsNumber = parameters.flag("rest_total_hits_as_int", false);
  const searches = parseSearches(lines?.lines ?? linesOf(body), part("index"), expressionOptions(parameters));
  const targets = sharedTargets(cluster);
  return inSlices(
    request,
    respondAll(searches, (search) => respond(search, targets, cluster, totalAsNumber), startMs),
  );
};

function* respondAll(
  searches: readonly Search[],
  respondTo: (search: Search) => Steps<Writable>,
  startMs: number,
): Steps<Answer> {
  const responses: Writable[] = [];
  for (const [i, search] of searches.entries()) {
    if (i % SEARCHES_A_STEP === SEARCHES_A_STEP - 1) yield;
    responses.push(yield* respondTo(search));
  }
  return ok({ took: Math.floor(performance.now() - startMs), responses });
}

/** Short ones; a long one is divided by itself. */
const SEARCHES_A_STEP = 16;

type TargetsOf = (search: Search) => readonly SearchTarget[];

/** Most searches of a request are over the same indices, which do not change in between. */
const sharedTargets = (cluster: Cluster): TargetsOf => {
  const known = new Map<ExpressionOptions, Map<string, readonly SearchTarget[]>>();
  return ({ expression, options }) => {
    const ofOptions = known.get(options) ?? new Map<string, readonly SearchTarget[]>();
    known.set(options, ofOptions);
    const targets = ofOptions.get(expression) ?? searchTargets(expression, options, cluster);
    ofOptions.set(expression, targets);
    return targets;
  };
};

function* respond(search: Search, targetsOf: TargetsOf, cluster: Cluster, totalAsNumber: boolean): Steps<Writable> {
  try {
    return { ...(yield* runSearch(search.request, () => targetsOf(search), cluster, totalAsNumber)), status: 200 };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { error: error.toJson(), status: error.status };
  }
}

const linesOf = (body: string): readonly JsonLine[] => {
  if (body === "")
    throw new ApiError(400, { type: "parse_exception", reason: "request body or source parameter is required" });
  if (!body.endsWith("\n")) throw illegalArgument("The msearch request must be terminated by a newline [\n]");
  const lines = body.split("\n").map((text) => ({ text }));
  lines.pop();
  return lines;
};

const NO_LINE: JsonLine = { text: "" };

/** @throws {ApiError} 400 for the whole request when one search cannot be read, as in Elasticsearch. */
const parseSearches = (lines: readonly JsonLine[], index: string, defaults: ExpressionOptions): readonly Search[] => {
  const searches: Search[] = [];
  if (lines.length === 1) objectOf(lines[0] ?? NO_LINE);
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [first = NO_LINE, line = NO_LINE] = [lines[at], lines[at + 1]];
    // An empty line stands for an empty header, or just separates searches.
    if (isBlank(first) && isBlank(line)) continue;
    const header = objectOf(first);
    const { expression, options, allowPartial } = readHeader(header, index, defaults);
    const body = objectOf(line);
    const request = placingErrors(line, body, () => parseSearch(body));
    searches.push({ expression, options, request: allowPartial ? request : { ...request, allowPartial } });
  }
  if (searches.length === 0) throw validation("no requests added");
  checkFaults(searches.flatMap(({ request, expression }) => searchFaults(request, expression)));
  return searches;
};

const isBlank = (line: JsonLine): boolean => line.value === undefined && line.text.trim() === "";

const objectOf = (line: JsonLine): JsonObject => {
  if (line.value !== undefined) return line.value;
  if (isBlank(line)) return {};
  const json = parseBody(line.text);
  if (isObject(json)) return json;
  throw illegalArgument(`Expected [START_OBJECT] but found [${tokenOf(json)}]`);
};

const IGNORED_PARAMETERS = new Set(["preference", "request_cache", "ccs_minimize_roundtrips"]);

const readHeader = (
  header: JsonObject,
  index: string,
  defaults: ExpressionOptions,
): { readonly expression: string; readonly options: ExpressionOptions; readonly allowPartial: boolean } => {
  let [expression, options, allowPartial] = [index, defaults, true];
  for (const [key, value] of Object.entries(header))
    if (key === "index" || key === "indices") expression = listOf(value).join(",");
    else if (key === "ignore_unavailable") options = { ...options, ignoreUnavailable: isTrue(value) };
    else if (key === "allow_partial_search_results") allowPartial = isTrue(value);
    else if (key === "allow_no_indices") options = { ...options, allowNoIndices: isTrue(value) };
    else if (key === "expand_wildcards") {
      const kinds = listOf(value).join(",").split(",");
      options = { ...options, expand: readExpand(kinds) };
    } else if (key === "routing" || key === "search_type") throw unsupported(`[${key}] in the header of a search`);
    else if (!IGNORED_PARAMETERS.has(key))
      throw illegalArgument(`key [${key}] is not supported in the metadata section`);
  return { expression, options, allowPartial };
};

const isTrue = (value: Json): boolean => value === true || value === "true";

const listOf = (value: Json): readonly string[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(showJson);

export const msearchRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_msearch", handler: msearch },
  { methods: ["GET", "POST"], path: "/{index}/_msearch", handler: msearch },
];
