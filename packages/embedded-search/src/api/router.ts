import type { Cluster } from "../cluster/cluster.ts";
import type { Writable } from "../json/write-json.ts";
import type { ApiRequest } from "./request.ts";

/** What a route answers. */
export interface Answer {
  readonly status: number;
  readonly body: Writable;
  /** An error is shown whole, also when only a part of the answer is asked for. */
  readonly isError?: true;
}

export const ok = (body: Writable): Answer => ({ status: 200, body });

/** Whoever answers later has read all parameters and written everything before. */
export type Handler = (request: ApiRequest, cluster: Cluster) => Answer | Promise<Answer>;

/** Methods and path of one API; `{name}` stands for any one part. */
export interface Route {
  readonly methods: readonly string[];
  readonly path: string;
  readonly handler: Handler;
}

interface CompiledRoute extends Route {
  readonly parts: readonly string[];
}

/** The route of a request, or what to say instead. */
export type Found =
  | { readonly kind: "route"; readonly handler: Handler; readonly parts: ReadonlyMap<string, string> }
  | { readonly kind: "wrong_method"; readonly allowed: readonly string[] }
  | { readonly kind: "none" };

/** Finds the API of a request. Fixed parts win over `{name}`. */
export class Router {
  readonly #byLength = new Map<number, CompiledRoute[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const parts = route.path.split("/").filter((part) => part !== "");
      const list = this.#byLength.get(parts.length) ?? [];
      list.push({ ...route, parts });
      this.#byLength.set(parts.length, list);
    }
    for (const list of this.#byLength.values()) list.sort((a, b) => fixedParts(b) - fixedParts(a));
  }

  find(method: string, path: readonly string[]): Found {
    const allowed: string[] = [];
    for (const route of this.#byLength.get(path.length) ?? []) {
      if (!fits(route.parts, path)) continue;
      if (route.methods.includes(method))
        return { kind: "route", handler: route.handler, parts: partsOf(route.parts, path) };
      allowed.push(...route.methods);
    }
    return allowed.length === 0 ? { kind: "none" } : { kind: "wrong_method", allowed: [...new Set(allowed)] };
  }
}

const isName = (part: string): boolean => part.startsWith("{");

const fixedParts = ({ parts }: CompiledRoute): number => parts.filter((part) => !isName(part)).length;

/** A name that no index can have is refused by its API; a lone `_` is none. */
const fits = (parts: readonly string[], path: readonly string[]): boolean =>
  parts.every((part, i) => {
    const given = path[i] ?? "";
    if (!isName(part)) return part === given;
    return part === "{id}" || part === "{name}" || given !== "_";
  });

const partsOf = (parts: readonly string[], path: readonly string[]): ReadonlyMap<string, string> =>
  new Map(parts.flatMap((part, i) => (isName(part) ? [[part.slice(1, -1), path[i] ?? ""] as const] : [])));
