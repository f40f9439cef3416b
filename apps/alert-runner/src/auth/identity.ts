import type { Scope } from "@mozdef/alert-api";

/** Who a request comes from. */
export interface Identity {
  readonly name: string;
  /** How they have signed in. `local`: by a file that only the user of the service can read. `proxy`: a proxy says so. */
  readonly via: "token" | "local" | "password" | "oidc" | "proxy";
  readonly scope: Scope;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Who it comes from; null where the service has no log-in, and at routes that are for anyone. */
    identity: Identity | null;
    /** Who makes the change that it asks for: by the log-in, or where there is none by what it says itself. */
    changedBy: string;
  }
}
