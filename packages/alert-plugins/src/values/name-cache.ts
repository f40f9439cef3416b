import type { Dns } from "@mozdef/alert";
import { LRUCache } from "lru-cache";
import { hostName } from "./host-name.ts";

export interface NameCacheOptions {
  /** Addresses that are kept. */
  readonly size: number;
  /** How long a name is kept, and how long that there is none. */
  readonly ttlMs: number;
  readonly negativeTtlMs: number;
}

/** Names of addresses. An address is asked for once, however many alerts want its name meanwhile. */
export class NameCache {
  readonly #known: LRUCache<string, { readonly name: string | null }>;
  readonly #asked = new Map<string, Promise<string | null>>();
  readonly #negativeTtlMs: number;

  constructor({ size, ttlMs, negativeTtlMs }: NameCacheOptions) {
    this.#known = new LRUCache({ max: size, ttl: ttlMs, perf: { now: () => performance.now() } });
    this.#negativeTtlMs = negativeTtlMs;
  }

  /** Null when it has no name, or the name server did not answer. */
  nameOf(address: string, dns: Dns): Promise<string | null> {
    const known = this.#known.get(address);
    if (known !== undefined) return Promise.resolve(known.name);
    const asked = this.#asked.get(address) ?? this.#ask(address, dns);
    this.#asked.set(address, asked);
    return asked;
  }

  async #ask(address: string, dns: Dns): Promise<string | null> {
    try {
      const answer = await dns.reverse(address);
      const name = answer === null || answer === "" ? null : hostName(answer);
      this.#known.set(address, { name }, name === null ? { ttl: this.#negativeTtlMs } : {});
      return name;
    } finally {
      this.#asked.delete(address);
    }
  }
}
