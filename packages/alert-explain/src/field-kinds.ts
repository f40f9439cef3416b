import type { Reader } from "@mozdef/alert-store";

/** The kind of each field of an index as the store has it: `text`, `keyword`, `ip`, ... */
export type FieldKinds = ReadonlyMap<string, string>;

type Properties = Readonly<Record<string, { readonly type?: string; readonly properties?: Properties }>>;

export const fieldKinds = async ({ client, names }: Reader, index: string): Promise<FieldKinds> => {
  const answer = await client.indices.getMapping({ index: names.physical(index) });
  const kinds = new Map<string, string>();
  const walk = (properties: Properties, path: string): void => {
    for (const [name, { type, properties: inner }] of Object.entries(properties))
      if (inner !== undefined) walk(inner, `${path}${name}.`);
      else if (type !== undefined) kinds.set(`${path}${name}`, type);
  };
  for (const { mappings } of Object.values(answer)) walk(mappings.properties ?? {}, "");
  return kinds;
};
