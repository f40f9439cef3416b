// Which tests run on which real server.
import type { ServerName } from "../elasticsearch/servers.ts";

/** Tests of a package. */
export interface TestsOf {
  /** A package, as pnpm's filter names it. */
  readonly filter: string;
  /** Files of it. Default: all. */
  readonly files?: readonly string[];
  /** Files that are left out. Default: none. */
  readonly without?: readonly string[];
}

const all = (...packs: readonly string[]): readonly TestsOf[] => packs.map((pack) => ({ filter: `./alerts/${pack}` }));

/** What every server has to pass: what alerts ask of a store. Making indices is the slow part of it. */
const CONTRACT: readonly TestsOf[] = [
  {
    filter: "@mozdef/alert-store",
    files: ["store", "find", "fields", "change-alert"].map((name) => `test/${name}.test.ts`),
  },
  {
    filter: "@mozdef/alert-engine",
    files: ["run-alerts.test.ts", "resolve.test.ts", "sources.test.ts", "kinds"].map((name) => `test/${name}`),
  },
];

/**
 * Store and engine whole, what the harness asks of a store and some packs on the server that the embedded store imitates; on each of the others the
 * contract and a pack. What else the harness does asks no other questions of a store.
 */
export const ON_SERVERS: Readonly<Record<ServerName, readonly TestsOf[]>> = {
  "elasticsearch-9.5": [
    { filter: "@mozdef/alert-store" },
    // What these do to processes and clocks is nothing to a store.
    {
      filter: "@mozdef/alert-engine",
      without: ["hostile/hostile", "child-host", "clock-changes"].map((name) => `test/${name}.test.ts`),
    },
    {
      filter: "@mozdef/alert-testing",
      files: ["run-case", "cut-search", "pack-fields"].map((name) => `src/case/${name}.test.ts`),
    },
    ...all("geomodel", "deadman", "pipeline", "watchlist"),
    // Alerts of one search and of several, over events of either shape; the whole pack takes longer than all others.
    {
      filter: "@mozdef/alerts-ssh",
      files: ["alert-bruteforce-ssh", "alert-ssh-login-after-failures"].map((name) => `src/${name}`),
    },
  ],
  "elasticsearch-8.19": [...CONTRACT, ...all("ldap")],
  "opensearch-3.6": [...CONTRACT, ...all("audit")],
  "opensearch-2.19": [...CONTRACT, ...all("http")],
};
