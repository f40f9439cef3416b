import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig(
  library([
    "src/index.ts",
    "src/assets.ts",
    "src/auth-source-ip-username.ts",
    "src/change-by.ts",
    "src/dhcp-assignment.ts",
    "src/drop-when.ts",
    "src/geoip.ts",
    "src/geomodel-ip-intel.ts",
    "src/identities.ts",
    "src/ip-source-enrichment.ts",
    "src/ipaddr.ts",
    "src/port-scan-enrichment.ts",
    "src/possible-usernames.ts",
    "src/reverse-dns.ts",
    "src/threat-list.ts",
    "src/vpn-assignment.ts",
  ]),
);
