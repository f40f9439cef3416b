import type { JsonObject } from "../json/json.ts";
import { BodyReader, BY_PARSER } from "../recipe/read-body.ts";
import { parseAccepts } from "./parse-accepts.ts";
import { needField, needMissing, parseRanking } from "./parse-ranking.ts";
import type { TermsOptions } from "./terms.ts";

export const parseTermsOptions = (name: string, body: JsonObject): TermsOptions => {
  const reader = new BodyReader("terms", body, BY_PARSER);
  reader.refuse("script", "value_type");
  // How values are looked up: no answer depends on it.
  reader.skip("execution_hint");
  const field = needField(reader.text("field"));
  const options: TermsOptions = {
    name,
    field,
    ...parseRanking("terms", name, body, reader),
    missing: needMissing("terms", name, body, reader),
    format: reader.text("format"),
    accepts: parseAccepts("terms", name, body, reader),
  };
  reader.endStrict();
  return options;
};
