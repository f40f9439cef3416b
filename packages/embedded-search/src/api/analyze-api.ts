import { keywordTokens } from "../analysis/keyword-tokens.ts";
import { standardTokens } from "../analysis/standard-tokenizer.ts";
import type { Normalizer } from "../analysis/normalizer.ts";
import type { Token } from "../analysis/token.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { StoredIndex } from "../cluster/stored-index.ts";
import { illegalArgument, placed, PLACE_MARK, ApiError, unsupported } from "../errors/api-error.ts";
import { isScalar, type Json, type JsonObject, showJson, tokenOf } from "../json/json.ts";
import { xContentError } from "../recipe/read-body.ts";
import { validation } from "../search/search-request.ts";
import { type ApiRequest, readBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";

const analyze: Handler = (request, cluster) => {
  checkBody(request);
  const { tokenize, gap, most } = readBody(request, (body) => analysisOf(body, request.part("index"), cluster));
  const texts = readBody(request, textsOf);
  return ok({ tokens: allTokens(texts, { gap, most }, tokenize) });
};

/** A text, or a list in which there may also be numbers. */
const textsOf = (body: JsonObject): readonly string[] => {
  const { text } = body;
  if (typeof text === "string") return [text];
  if (text === undefined || (Array.isArray(text) && text.length === 0)) throw validation("text is missing");
  if (!Array.isArray(text))
    throw placed(
      xContentError(`[${PLACE_MARK}] [analyze_request] text doesn't support values of type: ${tokenOf(text)}`),
      body,
      "text",
    );
  return (text as readonly Json[]).map((item, at) => {
    if (isScalar(item)) return String(item);
    const token = tokenOf(item);
    const cause = Array.isArray(item)
      ? { type: "illegal_state_exception", reason: `expected value but got [${token}]` }
      : { type: "illegal_argument_exception", reason: `Expected text at ${PLACE_MARK} but found ${token}` };
    throw placed(xContentError(`[${PLACE_MARK}] [analyze_request] failed to parse field [text]`, cause), text, at);
  });
};

/** @throws {ApiError} 400 when there is nothing to analyze at all. */
const checkBody = ({ body }: ApiRequest): void => {
  if (body.trim() !== "") return;
  throw new ApiError(400, { type: "parse_exception", reason: "request body or source parameter is required" });
};

/** As Elasticsearch's setting `index.analyze.max_token_count` is by default. */
const MOST_TOKENS = 10_000;

const mostTokens = (index: StoredIndex | undefined): number =>
  Number(index?.settings.get("index.analyze.max_token_count") ?? MOST_TOKENS);

const tooMany = (most: number): ApiError =>
  new ApiError(400, {
    type: "status_exception",
    reason: `The number of tokens produced by calling _analyze has exceeded the allowed maximum of [${most}]. This limit can be set by changing the [index.analyze.max_token_count] index level setting.`,
  });

type Tokenize = (text: string, most: number) => readonly Token[];

const tokenizers = { standard: standardTokens, keyword: keywordTokens };

const normalizing =
  (normalizer: Normalizer): Tokenize =>
  (text) =>
    keywordTokens(text).map((token) => ({ ...token, text: normalizer(token.text) }));

const allTokens = (
  texts: readonly string[],
  { gap, most }: Pick<Analysis, "gap" | "most">,
  tokenize: Tokenize,
): object[] => {
  let position = 0;
  let offset = 0;
  let left = most;
  return texts.flatMap((text) => {
    const tokens = tokenize(text, left + 1);
    left -= tokens.length;
    if (left < 0) throw tooMany(most);
    const shown = tokens.map((token) => ({
      token: token.text,
      start_offset: offset + token.start,
      end_offset: offset + token.end,
      type: token.type,
      position: position + token.position,
    }));
    position += (tokens.at(-1)?.position ?? -1) + 1 + gap;
    offset += text.length + 1;
    return shown;
  });
};

const UNSUPPORTED_OPTIONS = new Set(["tokenizer", "filter", "char_filter", "explain", "attributes"]);

interface Analysis {
  readonly tokenize: Tokenize;
  /** Positions between two texts, as between two values of a field. */
  readonly gap: number;
  /** Tokens that may be shown. */
  readonly most: number;
}

/** Without a field, as between two values of a text field by default. */
const GAP = 100;

const analysisOf = (body: JsonObject, indexName: string, cluster: Cluster): Analysis => {
  checkKeys(body);
  const index = indexName === "" ? undefined : cluster.readIndex(indexName);
  return { ...analyserOf(body, index), most: mostTokens(index) };
};

const checkKeys = (body: JsonObject): void => {
  for (const key of Object.keys(body)) {
    if (UNSUPPORTED_OPTIONS.has(key)) throw unsupported(`[${key}] of analyze`);
    if (!["text", "analyzer", "field", "normalizer"].includes(key)) {
      const reason = `[${PLACE_MARK}] [analyze_request] unknown field [${key}]`;
      throw placed(new ApiError(400, { type: "x_content_parse_exception", reason }), body, key, true);
    }
  }
};

const analyserOf = (body: JsonObject, index: StoredIndex | undefined): Omit<Analysis, "most"> => {
  if (body.normalizer !== undefined) return { tokenize: normalizing(normalizerOf(body, index)), gap: 0 };
  if (body.field !== undefined) {
    if (!index) throw illegalArgument("analysis based on a specific field requires an index");
    const field = index.mapping.field(showJson(body.field));
    if (field === undefined) return { tokenize: standardTokens, gap: GAP };
    if (field.type === "text") return { tokenize: tokenizers[field.analyzer], gap: field.positionGap };
    return { tokenize: field.normalizer === undefined ? keywordTokens : normalizing(field.normalizer), gap: 0 };
  }
  const name = showJson(body.analyzer ?? "standard");
  if (name === "standard" || name === "default") return { tokenize: standardTokens, gap: GAP };
  if (name === "keyword") return { tokenize: keywordTokens, gap: GAP };
  if (["simple", "whitespace", "stop", "english", "pattern"].includes(name))
    throw unsupported(`The analyzer [${name}]`);
  throw illegalArgument(index ? `failed to find analyzer [${name}]` : `failed to find global analyzer [${name}]`);
};

const normalizerOf = ({ normalizer }: JsonObject, index: StoredIndex | undefined): Normalizer => {
  if (index === undefined) throw validation("index is required if normalizer is specified");
  const name = showJson(normalizer);
  const known = index.mapping.normalizers.get(name);
  if (known === undefined) throw illegalArgument(`failed to find normalizer under [${name}]`);
  return known;
};

export const analyzeRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_analyze", handler: analyze },
  { methods: ["GET", "POST"], path: "/{index}/_analyze", handler: analyze },
];
