import type { Client } from "@elastic/elasticsearch";
import type { AlertStore } from "./alert-store.ts";
import { StoreError } from "./store-error.ts";

/** Something that would be done to a store. */
export interface PlannedWrite {
  readonly action: "put template" | "create index" | "move aliases" | "delete index";
  /** Names as the store has them. */
  readonly names: readonly string[];
}

/**
 * A store that is only read: what keeps it in order (templates, indices, aliases, retention) is noted instead of done, and counts as
 * done for what follows. Documents cannot be written at all.
 *
 * @param note - Told of each thing that would be done.
 */
export const withoutWrites = (store: AlertStore, note: (write: PlannedWrite) => void): AlertStore => {
  const { client } = store;
  const done = (action: PlannedWrite["action"], names: readonly string[]) => {
    note({ action, names });
    return Promise.resolve({ acknowledged: true, shards_acknowledged: true });
  };
  const indices = instead(client.indices, {
    putIndexTemplate: ({ name }: { readonly name: string }) => done("put template", [name]),
    create: ({ index }: { readonly index: string }) => done("create index", [index]),
    delete: ({ index }: { readonly index: string | readonly string[] }) => done("delete index", [index].flat()),
    updateAliases: ({ actions = [] }: { readonly actions?: readonly AliasAction[] }) =>
      done(
        "move aliases",
        actions.flatMap(({ add }) => (add === undefined ? [] : [`${add.alias} -> ${add.index}`])),
      ),
  });
  const refused = Object.fromEntries(WRITES.map((name) => [name, refuse(name)]));
  return { ...store, client: instead(client, { indices, ...refused }) };
};

interface AliasAction {
  readonly add?: { readonly alias: string; readonly index: string };
}

/** Everything else of the client that changes documents. */
const WRITES = ["bulk", "index", "create", "update", "delete", "updateByQuery", "deleteByQuery", "reindex"] as const;

const refuse = (name: string) => (): Promise<never> =>
  Promise.reject(new StoreError("STORE_REFUSED", `Nothing is written to this store (${name}).`));

/** An object with some of its methods replaced; the others still work on the object itself, which has private parts. */
const instead = <Original extends Client | Client["indices"]>(original: Original, replaced: object): Original =>
  new Proxy(original, {
    get: (target, name) => {
      if (Object.hasOwn(replaced, name)) return Reflect.get(replaced, name) as unknown;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
