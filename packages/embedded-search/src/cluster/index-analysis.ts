import { BUILT_IN_NORMALIZERS, type Normalizer, NORMALIZER_FILTERS, type Normalizers } from "../analysis/normalizer.ts";
import { type ApiError, illegalArgument, unsupported } from "../errors/api-error.ts";
import type { IndexSettings, SettingValue } from "./setting-value.ts";

/** How one normalizer is declared, by the last part of each name. */
type Declaration = ReadonlyMap<string, SettingValue>;

const PREFIX = "index.analysis.normalizer.";

/** Is it a setting of analysis that this store follows? */
export const isNormalizerSetting = (name: string): boolean => name.startsWith(PREFIX);

/** Filters of Elasticsearch that normalizers can have and this store does not. */
const UNSUPPORTED_FILTERS = new Set(
  "arabic_normalization bengali_normalization cjk_width decimal_digit elision german_normalization hindi_normalization indic_normalization persian_normalization scandinavian_folding scandinavian_normalization serbian_normalization sorani_normalization telugu_normalization".split(
    " ",
  ),
);

/** Filters of Elasticsearch that change more than single characters. */
const OTHER_FILTERS = new Set(
  "apostrophe arabic_stem brazilian_stem cjk_bigram classic common_grams czech_stem delimited_payload dutch_stem edge_ngram flatten_graph french_stem german_stem hunspell keyword_repeat kstem length limit min_hash ngram porter_stem remove_duplicates reverse russian_stem shingle snowball standard stemmer stop type_as_payload unique word_delimiter word_delimiter_graph".split(
    " ",
  ),
);

/**
 * The normalizers of an index: its own, and those that every index has.
 *
 * @throws {ApiError} 400 when one is not declared rightly, 501 for filters that this store does not support.
 */
export const normalizersOf = (settings: IndexSettings): Normalizers => {
  const declared = declarations(settings);
  if (declared.size === 0) return BUILT_IN_NORMALIZERS;
  const own = [...declared].map(([name, declaration]) => [name, compile(name, declaration)] as const);
  return new Map([...BUILT_IN_NORMALIZERS, ...own]);
};

const declarations = (settings: IndexSettings): ReadonlyMap<string, Declaration> => {
  const declared = new Map<string, Map<string, SettingValue>>();
  for (const [setting, value] of settings) {
    if (!setting.startsWith(PREFIX)) continue;
    const path = setting.slice(PREFIX.length);
    const dot = path.lastIndexOf(".");
    if (dot < 0) throw unsupported(`The index setting [${setting}]`);
    const name = path.slice(0, dot);
    const declaration = declared.get(name) ?? new Map<string, SettingValue>();
    declared.set(name, declaration.set(path.slice(dot + 1), value));
  }
  return declared;
};

const compile = (name: string, declaration: Declaration): Normalizer => {
  const type = declaration.get("type");
  if (type === "lowercase") return filtersOf(name, ["lowercase"]);
  if (type !== undefined && type !== "custom")
    throw illegalArgument(`Unknown normalizer type [${String(type)}] for [${name}]`);
  if (declaration.has("tokenizer")) throw illegalArgument(`Custom normalizer [${name}] cannot configure a tokenizer`);
  const [characters] = namesIn(declaration.get("char_filter"));
  if (characters === "html_strip") throw mayNotUse(name, `char_filter [${characters}]`);
  if (characters !== undefined)
    throw illegalArgument(`Custom normalizer [${name}] failed to find char_filter under name [${characters}]`);
  return filtersOf(name, namesIn(declaration.get("filter")));
};

/** One text may list several, separated by commas. */
const namesIn = (value: SettingValue | undefined): readonly string[] => {
  if (value === undefined || value === "") return [];
  return typeof value === "string" ? value.split(",").map((name) => name.trim()) : value;
};

const filtersOf = (name: string, filters: readonly string[]): Normalizer => {
  const compiled = filters.map((filter) => filterNamed(name, filter));
  return (text) => compiled.reduce((changed, filter) => filter(changed), text);
};

const filterNamed = (name: string, filter: string): Normalizer => {
  const known = NORMALIZER_FILTERS.get(filter);
  if (known !== undefined) return known;
  if (UNSUPPORTED_FILTERS.has(filter)) throw unsupported(`The filter [${filter}] of normalizer [${name}]`);
  if (OTHER_FILTERS.has(filter)) throw mayNotUse(name, `filter [${filter}]`);
  throw illegalArgument(`Custom Analyzer [${name}] failed to find filter under name [${filter}]`);
};

const mayNotUse = (name: string, part: string): ApiError =>
  illegalArgument(`Custom normalizer [${name}] may not use ${part}`);
