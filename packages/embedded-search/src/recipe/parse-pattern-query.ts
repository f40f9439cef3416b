import { parseRegexpFlags } from "../automaton/regexp-flags.ts";
import { illegalArgument, parsingError } from "../errors/api-error.ts";
import type { Json } from "../json/json.ts";
import { type Fuzziness, parseFuzziness } from "./fuzziness.ts";
import type { Query } from "./query.ts";
import { BodyReader, onlyField, shortForm } from "./read-body.ts";

/** How matching terms are gathered affects only scores, which are constant here. */
const IGNORED_OPTION = "rewrite";

const fieldReader = (name: string, body: Json): readonly [field: string, reader: BodyReader] => {
  const [field, declared] = onlyField(name, body);
  const reader = new BodyReader(name, shortForm(declared, "value"));
  reader.refuse("_name");
  reader.skip(IGNORED_OPTION);
  return [field, reader];
};

const valueOf = (reader: BodyReader): string => {
  const value = reader.text("value");
  if (value === undefined) throw illegalArgument("value cannot be null");
  return value;
};

export const parsePattern = (body: Json): Query => {
  const [field, reader] = fieldReader("wildcard", body);
  const pattern = reader.text("wildcard") ?? valueOf(reader);
  reader.skip("value");
  const caseInsensitive = reader.flag("case_insensitive", false);
  const query: Query = { kind: "wildcard", field, pattern, caseInsensitive, boost: reader.boost() };
  reader.end();
  return query;
};

export const parsePrefix = (body: Json): Query => {
  const [field, reader] = fieldReader("prefix", body);
  const value = valueOf(reader);
  const caseInsensitive = reader.flag("case_insensitive", false);
  const query: Query = { kind: "prefix", field, value, caseInsensitive, boost: reader.boost() };
  reader.end();
  return query;
};

export const parseRegexp = (body: Json): Query => {
  const [field, reader] = fieldReader("regexp", body);
  const pattern = valueOf(reader);
  reader.skip("max_determinized_states");
  const query: Query = {
    kind: "regexp",
    field,
    pattern,
    flags: checkFlags(reader.text("flags") ?? "ALL"),
    caseInsensitive: reader.flag("case_insensitive", false),
    boost: reader.boost(),
  };
  reader.end();
  return query;
};

const checkFlags = (flags: string): string => {
  const parsed = parseRegexpFlags(flags);
  if (typeof parsed === "string") throw illegalArgument(`Unknown regexp flag [${parsed}]`);
  return flags;
};

export const parseFuzzy = (body: Json): Query => {
  const [field, reader] = fieldReader("fuzzy", body);
  const query: Query = {
    kind: "fuzzy",
    field,
    value: reader.javaText("value") ?? valueOf(reader),
    fuzziness: readFuzziness(reader.text("fuzziness") ?? "AUTO"),
    prefixLength: reader.integer("prefix_length", 0),
    maxExpansions: reader.integer("max_expansions", 50),
    transpositions: reader.flag("transpositions", true),
    boost: reader.boost(),
  };
  reader.end();
  return query;
};

/** @throws {ApiError} 400 when it is not a fuzziness. */
export const readFuzziness = (text: string): Fuzziness => {
  const fuzziness = parseFuzziness(text);
  if (fuzziness) return fuzziness;
  const edits = Number(text);
  if (Number.isNaN(edits)) throw parsingError(`fuzziness cannot be [${text}].`);
  throw illegalArgument(`Valid edit distances are [0, 1, 2] but was [${edits}]`);
};
