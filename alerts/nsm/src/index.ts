import { crontab, definePack, interval } from "@mozdef/alert";
import { AlertMultipleIntelHits } from "./alert-multiple-intel-hits/alert-multiple-intel-hits.ts";
import { AlertSSLBlacklistHit } from "./alert-ssl-blacklist-hit/alert-ssl-blacklist-hit.ts";
import { NSMScanAddress } from "./nsm-scan-address/nsm-scan-address.ts";
import { NSMScanPort } from "./nsm-scan-port/nsm-scan-port.ts";
import { NSMScanRandom } from "./nsm-scan-random/nsm-scan-random.ts";

export { AlertMultipleIntelHits, AlertSSLBlacklistHit, NSMScanAddress, NSMScanPort, NSMScanRandom };

export default definePack({
  alerts: {
    AlertMultipleIntelHits: { task: AlertMultipleIntelHits, schedule: crontab({ minute: "*/1" }) },
    AlertSSLBlacklistHit: { task: AlertSSLBlacklistHit, schedule: crontab({ minute: "*/5" }) },
    // Twice a window: an event that is stored a moment after its slot is still seen by the next.
    NSMScanAddress: { task: NSMScanAddress, schedule: interval({ seconds: 30 }) },
    NSMScanPort: { task: NSMScanPort, schedule: crontab({ minute: "*/1" }) },
    // Twice a window: an event that is stored a moment after its slot is still seen by the next.
    NSMScanRandom: { task: NSMScanRandom, schedule: interval({ seconds: 30 }) },
  },
});
