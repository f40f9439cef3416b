import { unsupported } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { FieldsView, FieldView } from "../mapping/fields-view.ts";
import type { Query, QueryStringOptions } from "../recipe/query.ts";
import { inHashOrder } from "../values/hash-order.ts";
import type { LeafNode } from "./query-ast.ts";

/** A field to look a clause up in. */
export interface TargetField {
  readonly view: FieldView;
  /** Has a boost other than 1. */
  readonly boosted: boolean;
}

/** Limit of fields for one clause. Elasticsearch computes it from its memory; it is never lower than this. */
const MAX_FIELDS = 1024;

/** Fields of every document that no mapping names. Only `_id` is searched here. */
const METADATA = new Set([
  "_doc_count",
  "_feature",
  "_field_names",
  "_ignored_source",
  "_nested_path",
  "_routing",
  "_seq_no",
  "_source",
  "_tier",
  "_version",
]);

/** The name of the index; not text either. */
const INDEX_VIEW: FieldView = { name: "_index", type: "long", searchable: true, analyzer: "keyword" };

const OWN_VIEWS: ReadonlyMap<string, FieldView> = new Map([
  ["_index", INDEX_VIEW],
  ["_ignored", { name: "_ignored", type: "keyword", searchable: true, analyzer: "keyword" }],
]);

/** Ids are looked up unchanged; patterns and ranges treat them as non-text, like numbers. */
const ID_VIEW: FieldView = { name: "_id", type: "long", searchable: true, analyzer: "keyword" };

/** Does any document of the index have this field? Patterns of names skip fields without documents. */
export type HasValues = (field: string) => boolean;

/** What every clause of a query string needs: options, mapping, and the fields of clauses that name none. */
export class Expansion {
  readonly options: QueryStringOptions;
  readonly lenient: boolean;
  /** The query of each clause; nothing when analysis left no terms. */
  readonly leaves = new Map<LeafNode, Built | undefined>();
  readonly #fields: FieldsView;
  readonly #hasValues: HasValues;

  constructor(options: QueryStringOptions, fields: FieldsView, hasValues: HasValues) {
    this.options = options;
    this.#fields = fields;
    this.#hasValues = hasValues;
    const everyField = options.defaultField === "*" || options.fields.some(([pattern]) => pattern === "*");
    this.lenient = options.lenient ?? everyField;
  }

  /** The field name: that of the clause, otherwise the default one. */
  named(field: string | undefined): string | undefined {
    return field ?? this.options.defaultField;
  }

  field(name: string): FieldView | undefined {
    return this.#fields.field(name);
  }

  /** All fields to look a clause up in; none when they are not mapped. */
  targets(field: string | undefined): readonly TargetField[] {
    const name = this.named(field);
    const own = name === undefined ? undefined : OWN_VIEWS.get(name);
    if (own) return [{ view: own, boosted: false }];
    if (name !== undefined && METADATA.has(name)) throw unsupported(`query_string on [${name}]`);
    if (name === "_id") return [{ view: ID_VIEW, boosted: false }];
    const targets = name === undefined ? this.#listed() : this.#matching(name, 1, name !== "*", name.includes("*"));
    if (targets.length > MAX_FIELDS) {
      const pattern = name === undefined ? "" : `for [${name}] `;
      throw new ValueError(
        `field expansion ${pattern}matches too many fields, limit: ${MAX_FIELDS}, got: ${targets.length}`,
      );
    }
    return inHashOrder(targets, ({ view }) => view.name);
  }

  #listed(): readonly TargetField[] {
    const targets = new Map<string, TargetField>();
    // By name: the order of fields that share a slot of the hash table.
    const patterns = [...this.options.fields].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [pattern, boost] of patterns) {
      const matching = this.#matching(pattern, boost, !pattern.includes("*"), pattern === "*");
      for (const target of inHashOrder(matching, ({ view }) => view.name)) targets.set(target.view.name, target);
    }
    return [...targets.values()];
  }

  /** @param publicOnly - Leave out names that start like those of Elasticsearch's own fields. */
  #matching(pattern: string, boost: number, acceptAll: boolean, publicOnly: boolean): readonly TargetField[] {
    const own = pattern === "_id" ? ID_VIEW : OWN_VIEWS.get(pattern);
    if (own) return [{ view: own, boosted: boost !== 1 }];
    const isWorthwhile = (view: FieldView): boolean => view.searchable && this.#hasValues(view.name);
    const views = this.#fields
      .matching(pattern)
      .filter((view) => (acceptAll || isWorthwhile(view)) && !(publicOnly && view.name.startsWith("_")));
    return views.map((view) => ({ view, boosted: boost !== 1 }));
  }
}

/** A clause ready to be combined: a list of clauses, or something that stays in one piece. */
export type Built = (
  | { readonly kind: "bool"; readonly clauses: readonly BuiltClause[] }
  | { readonly kind: "query"; readonly query: Query }
) & {
  /** Boosted as a whole, so its clauses do not mix with others. */
  readonly inOnePiece?: boolean;
};

export type Occurrence = "must" | "should" | "mustNot";

export interface BuiltClause {
  readonly occurrence: Occurrence;
  readonly built: Built;
}

/** A query in one piece. */
export const whole = (query: Query): Built => ({ kind: "query", query });

/** A plain term, not boosted. */
export const isTerm = (built: Built): boolean =>
  built.kind === "query" && built.query.kind === "term" && built.inOnePiece !== true;
