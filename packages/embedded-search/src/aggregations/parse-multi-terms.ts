import { illegalArgument, placed, PLACE_MARK, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { BodyReader, xContentError } from "../recipe/read-body.ts";
import type { MultiTermsField } from "./multi-terms.ts";
import { parseMissing, parseRanking } from "./parse-ranking.ts";
import type { RankOptions } from "./ranking.ts";

/** As many fields as Elasticsearch allows. */
const MAX_FIELDS = 128;

export const parseMultiTerms = (
  name: string,
  body: JsonObject,
): { readonly terms: readonly MultiTermsField[]; readonly options: RankOptions } => {
  const reader = new BodyReader("multi_terms", body);
  const declared = reader.take("terms");
  if (declared !== undefined && !isObject(declared) && !Array.isArray(declared)) {
    const reason = `[${PLACE_MARK}] [multi_terms] terms doesn't support values of type: ${tokenOf(declared)}`;
    throw placed(xContentError(reason), body, "terms");
  }
  const options = parseRanking("multi_terms", name, body, reader, 1);
  reader.endStrict();
  // Elasticsearch only notices that there are none when it runs the aggregation, with an error of status 500.
  const terms = reader.within("terms", () => parseTerms(name, declared ?? []));
  return { terms, options };
};

const parseTerms = (name: string, declared: Json): readonly MultiTermsField[] => {
  const items = Array.isArray(declared) ? (declared as readonly Json[]) : [declared];
  const terms = items.map((item, i) => parseTerm(item, items, i));
  if (terms.length < 2) {
    const hint = terms.length === 1 ? " For a single field user terms aggregation." : "";
    const reason = `The [terms] parameter in the aggregation [${name}] must be present and have at least 2 fields or scripts.${hint}`;
    throw placed(illegalArgument(reason), declared);
  }
  if (terms.length <= MAX_FIELDS) return terms;
  const reason = `The [terms] parameter in the aggregation [${name}] cannot have more than ${MAX_FIELDS} fields or scripts. Found [${terms.length}].`;
  throw placed(illegalArgument(reason), declared);
};

const parseTerm = (item: Json, items: readonly Json[], place: number): MultiTermsField => {
  if (!isObject(item)) {
    const reason = `[${PLACE_MARK}] [field_config] Expected START_OBJECT but was: ${tokenOf(item)}`;
    throw placed(xContentError(reason), items, place);
  }
  const reader = new BodyReader("field_config", item);
  for (const key of ["script", "time_zone", "value_type"])
    if (Object.hasOwn(item, key)) throw unsupported(`[${key}] of a field of [multi_terms]`);
  const field = reader.text("field");
  const missing = parseMissing("field_config", item, reader);
  const format = reader.text("format");
  reader.endStrict();
  if (field !== undefined) return { field, missing: missing ?? undefined, format };
  throw placed(illegalArgument("[field] and [script] cannot both be null.  Please specify one or the other."), item);
};
