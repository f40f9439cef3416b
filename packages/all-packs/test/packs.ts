import type { AlertPack } from "@mozdef/alert";
import audit from "@mozdef/alerts-audit";
import auth0 from "@mozdef/alerts-auth0";
import cloud from "@mozdef/alerts-cloud";
import deadman from "@mozdef/alerts-deadman";
import duo from "@mozdef/alerts-duo";
import generic from "@mozdef/alerts-generic";
import geomodel from "@mozdef/alerts-geomodel";
import http from "@mozdef/alerts-http";
import ldap from "@mozdef/alerts-ldap";
import nsm from "@mozdef/alerts-nsm";
import pipeline from "@mozdef/alerts-pipeline";
import proxy from "@mozdef/alerts-proxy";
import ssh from "@mozdef/alerts-ssh";
import triage from "@mozdef/alerts-triage";
import watchlist from "@mozdef/alerts-watchlist";

/** Every pack of this repository, by the name of its folder below `alerts`. */
export const packs: Readonly<Record<string, AlertPack>> = {
  audit,
  auth0,
  cloud,
  deadman,
  duo,
  generic,
  geomodel,
  http,
  ldap,
  nsm,
  pipeline,
  proxy,
  ssh,
  triage,
  watchlist,
};
