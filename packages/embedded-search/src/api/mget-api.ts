import type { Cluster } from "../cluster/cluster.ts";
import { ApiError, unsupported } from "../errors/api-error.ts";
import { parseSourceFilter } from "../hits/parse-source-filter.ts";
import { type SourceFilter, wholeSource } from "../hits/source-filter.ts";
import { isObject, type Json, showJson } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { validation } from "../search/search-request.ts";
import { documentJson, type Freshness, readTarget, sourceParameters } from "./document-api.ts";
import { objectBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";

interface Wanted {
  readonly index: string;
  readonly id: string;
  readonly filter: SourceFilter;
}

const mget: Handler = (request, cluster) => {
  const { parameters, part } = request;
  parameters.skip("preference");
  const [realtime, refresh] = [parameters.flag("realtime", true), parameters.flag("refresh", false)];
  const preset = sourceParameters(parameters) ?? wholeSource;
  const { docs, ids } = objectBody(request);
  const items = Array.isArray(docs) ? (docs as readonly Json[]) : [];
  const wanted = items.map((item, i) => parseItem(item, i, part("index"), preset));
  if (Array.isArray(ids)) {
    if (part("index") === "") throw validation("index is missing for doc 0");
    wanted.push(...(ids as readonly Json[]).map((id) => ({ index: part("index"), id: showJson(id), filter: preset })));
  }
  if (wanted.length === 0) throw validation("no documents to get");
  return ok({ docs: wanted.map((item) => getOne(item, { realtime, refresh }, cluster)) });
};

const parseItem = (item: Json, position: number, index: string, preset: SourceFilter): Wanted => {
  if (!isObject(item)) throw validation(`docs array element should include an object`);
  const { _index: own, _id: id, _source: source, ...others } = item;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unsupported(`[${unknown}] of a document in [_mget]`);
  const name = own === undefined ? index : showJson(own);
  if (name === "") throw validation(`index is missing for doc ${position}`);
  if (id === undefined) throw validation(`id is missing for doc ${position}`);
  return { index: name, id: showJson(id), filter: source === undefined ? preset : parseSourceFilter(source) };
};

const getOne = ({ index, id, filter }: Wanted, freshness: Freshness, cluster: Cluster): Writable => {
  try {
    return documentJson(readTarget(index, freshness, cluster), id, { ...freshness, filter }).json;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { _index: index, _id: id, error: error.toJson() };
  }
};

export const mgetRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_mget", handler: mget },
  { methods: ["GET", "POST"], path: "/{index}/_mget", handler: mget },
];
