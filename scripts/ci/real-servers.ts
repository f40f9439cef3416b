// Which tests run on which real server.
import type { ServerName } from "../elasticsearch/servers.ts";

/** What every server has to pass: all that alerts ask of a store. */
const CONTRACT = ["@mozdef/alert-store", "@mozdef/alert-engine"];

/**
 * The packs are spread over the servers, so that each runs on a real one and the whole takes no longer than on one alone;
 * those whose searches are the most various run on one of each family.
 */
export const ON_SERVERS: Readonly<Record<ServerName, readonly string[]>> = {
  "elasticsearch-9.5": [
    ...CONTRACT,
    "@mozdef/alert-testing",
    ...["ssh", "generic", "geomodel", "deadman", "pipeline", "watchlist"].map((pack) => `./alerts/${pack}`),
  ],
  "elasticsearch-8.19": [...CONTRACT, ...["ldap", "cloud", "duo"].map((pack) => `./alerts/${pack}`)],
  "opensearch-3.6": [...CONTRACT, ...["ssh", "generic", "nsm", "proxy", "audit"].map((pack) => `./alerts/${pack}`)],
  "opensearch-2.19": [...CONTRACT, ...["auth0", "http", "triage"].map((pack) => `./alerts/${pack}`)],
};
