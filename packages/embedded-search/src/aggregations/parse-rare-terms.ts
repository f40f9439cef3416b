import { illegalArgument } from "../errors/api-error.ts";
import type { JsonObject } from "../json/json.ts";
import { BodyReader, BY_PARSER } from "../recipe/read-body.ts";
import { parseAccepts } from "./parse-accepts.ts";
import { needField, needMissing, parseFormat, parseWhole } from "./parse-ranking.ts";
import type { RareTermsOptions } from "./rare-terms.ts";

/** As much as Elasticsearch allows. */
const GREATEST_COUNT = 100;

export const parseRareTerms = (name: string, body: JsonObject): RareTermsOptions => {
  const reader = new BodyReader("rare_terms", body, BY_PARSER);
  reader.refuse("script", "value_type");
  const options = {
    maxDocCount: parseWhole("rare_terms", "max_doc_count", body, reader, checkCount(name)) ?? 1,
    missing: needMissing("rare_terms", name, body, reader),
    format: parseFormat("rare_terms", body, reader),
    accepts: parseAccepts("rare_terms", name, body, reader),
  };
  // How surely frequent values are told from rare ones: all are counted, so no answer depends on it.
  reader.within("precision", () => {
    if (reader.number("precision", 0.001) < 0.00001) throw illegalArgument("[precision] must be greater than 0.00001");
  });
  const field = reader.text("field");
  reader.endStrict();
  return { field: needField(field), ...options };
};

const checkCount =
  (name: string) =>
  (count: number): void => {
    if (count <= 0) throw illegalArgument(`[max_doc_count] must be greater than 0. Found [${count}] in [${name}]`);
    if (count > GREATEST_COUNT)
      throw illegalArgument(`[max_doc_count] must be smallerthan ${GREATEST_COUNT}in [${name}]`);
  };
