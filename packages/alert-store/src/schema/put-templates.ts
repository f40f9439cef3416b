import { createHash } from "node:crypto";
import type { estypes } from "@elastic/elasticsearch";
import type { PackIndices } from "@mozdef/alert/runtime";
import type { FieldKinds } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import type { StoreFeatures } from "../connection/store-server.ts";
import { AUDIT, COVERAGE, DELIVERIES, SLOTS, STATE_INDEX } from "../names.ts";
import { isStatus, reasonOf, storeError } from "../store-error.ts";
import { alertSchema, auditMapping, eventSchema, serviceMapping, stateMapping } from "./mappings.ts";

/** Replicas follow the cluster: none on a single node, one from two nodes on. */
const settings: estypes.IndicesIndexSettings = { number_of_shards: 1, auto_expand_replicas: "0-1" };

interface Template {
  readonly patterns: readonly string[];
  readonly mappings: estypes.MappingTypeMapping;
  readonly settings?: estypes.IndicesIndexSettings;
}

/** What packs ask of the templates. */
export interface TemplateOptions {
  readonly fields?: FieldKinds;
  readonly indices?: PackIndices;
}

const templatesOf = (
  { fields = {}, indices = {} }: TemplateOptions,
  features: StoreFeatures,
): Readonly<Record<string, Template>> => ({
  events: { patterns: ["events-*"], ...eventSchema(fields, features) },
  alerts: { patterns: ["alerts-*"], ...alertSchema(features) },
  service: { patterns: [STATE_INDEX, DELIVERIES, COVERAGE, SLOTS], mappings: serviceMapping },
  audit: { patterns: [AUDIT], mappings: auditMapping },
  ...Object.fromEntries(
    Object.entries(indices).map(([name, kinds]) => [
      name,
      { patterns: [name, `${name}-*`], mappings: stateMapping(kinds) },
    ]),
  ),
});

/** Above the templates that the server brings itself (100 to 250). */
const PRIORITY = 500;

const bodyOf = (
  store: AlertStore,
  { patterns, mappings, settings: further }: Template,
  { malformedBooleans, shardSettings }: StoreFeatures,
) => ({
  index_patterns: patterns.map(store.names.physical),
  priority: PRIORITY,
  template: {
    settings: { ...(shardSettings && settings), ...further },
    mappings: malformedBooleans ? mappings : withStrictBooleans(mappings),
  },
});

/** For servers that do not know `ignore_malformed` of a boolean. */
const withStrictBooleans = (mappings: estypes.MappingTypeMapping): estypes.MappingTypeMapping =>
  JSON.parse(JSON.stringify(mappings), (_key, value: unknown) =>
    isBoolean(value) ? { type: "boolean" } : value,
  ) as estypes.MappingTypeMapping;

const isBoolean = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "type" in value && value.type === "boolean";

type Body = ReturnType<typeof bodyOf>;

/** Says what a template was made of, since the server gives it back in a form of its own. */
const fingerprint = (body: Body): string =>
  createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 16);

/**
 * Puts the index templates that are missing or differ. A credential that may not is not an error, as long as somebody else keeps
 * the templates.
 *
 * @returns what could not be done, in sentences.
 * @throws {StoreError} when the store does not answer, or refuses for another reason.
 */
export const putTemplates = async (store: AlertStore, options: TemplateOptions): Promise<readonly string[]> => {
  const { features } = await store.server();
  const wanted = Object.entries(templatesOf(options, features)).map(
    ([name, template]) => [`${store.names.prefix}mozdef-${name}`, bodyOf(store, template, features)] as const,
  );
  try {
    const known = await knownFingerprints(store);
    const open = wanted.filter(([name, body]) => known.get(name) !== fingerprint(body));
    await Promise.all(open.map(([name, body]) => put(store, name, body)));
    return [];
  } catch (cause) {
    if (isStatus(cause, 403)) return [notAllowed(store, cause)];
    throw storeError("Cannot put the index templates", cause);
  }
};

const put = ({ client }: AlertStore, name: string, body: Body) =>
  client.indices.putIndexTemplate({ name, ...body, _meta: { "mozdef-alerts": fingerprint(body) } });

const knownFingerprints = async ({ client, names }: AlertStore): Promise<ReadonlyMap<string, unknown>> => {
  const name = `${names.prefix}mozdef-*`;
  // None at all is a 404, although the name is a pattern.
  const { index_templates } = await client.indices.getIndexTemplate({ name }, { ignore: [404] });
  return new Map(
    index_templates.map(({ name: known, index_template: { _meta } }) => [known, _meta?.["mozdef-alerts"]]),
  );
};

const notAllowed = ({ names }: AlertStore, cause: unknown): string =>
  `The index templates ${names.prefix}mozdef-* are neither checked nor put: the credential lacks the cluster privilege manage_index_templates (${reasonOf((cause as { readonly body?: unknown }).body)}). Indices made from now on have the fields of the templates that are there; see docs/privileges.md.`;
