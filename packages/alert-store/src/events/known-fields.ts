import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";

type Properties = Readonly<Record<string, estypes.MappingProperty>>;

/**
 * Names of the fields that an index maps, at this moment.
 *
 * @param index - Physical name.
 * @throws what the client throws.
 */
export const knownFields = async ({ client }: AlertStore, index: string): Promise<ReadonlySet<string>> => {
  const answer = await client.indices.getMapping({ index });
  return new Set(Object.values(answer).flatMap(({ mappings }) => namesIn(mappings.properties ?? {}, "")));
};

const namesIn = (properties: Properties, above: string): string[] =>
  Object.entries(properties).flatMap(([key, property]) => {
    const name = above + key;
    return "properties" in property ? namesIn(property.properties, `${name}.`) : [name];
  });
