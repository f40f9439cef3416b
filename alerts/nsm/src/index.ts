import { crontab, definePack, interval } from "@mozdef/alert";
import { AlertMultipleIntelHits } from "./alert-multiple-intel-hits/alert-multiple-intel-hits.ts";
import { AlertSSLBlacklistHit } from "./alert-ssl-blacklist-hit/alert-ssl-blacklist-hit.ts";
import { AlertZeekAttack } from "./alert-zeek-attack/alert-zeek-attack.ts";
import { AlertZeekScan } from "./alert-zeek-scan/alert-zeek-scan.ts";
import { NSMScanAddress } from "./nsm-scan-address/nsm-scan-address.ts";
import { NSMScanPort } from "./nsm-scan-port/nsm-scan-port.ts";
import { NSMScanRandom } from "./nsm-scan-random/nsm-scan-random.ts";

export {
  AlertMultipleIntelHits,
  AlertSSLBlacklistHit,
  AlertZeekAttack,
  AlertZeekScan,
  NSMScanAddress,
  NSMScanPort,
  NSMScanRandom,
};

const eachMinute = crontab({ minute: "*/1" });
const everyFiveMinutes = crontab({ minute: "*/5" });
/** Twice a window: an event that is stored a moment after its slot is still seen by the next. */
const twiceAMinute = interval({ seconds: 30 });

export default definePack({
  alerts: {
    AlertMultipleIntelHits: { task: AlertMultipleIntelHits, schedule: eachMinute },
    AlertSSLBlacklistHit: { task: AlertSSLBlacklistHit, schedule: everyFiveMinutes },
    AlertZeekAttack: { task: AlertZeekAttack, schedule: everyFiveMinutes },
    AlertZeekScan: { task: AlertZeekScan, schedule: everyFiveMinutes },
    NSMScanAddress: { task: NSMScanAddress, schedule: twiceAMinute },
    NSMScanPort: { task: NSMScanPort, schedule: eachMinute },
    NSMScanRandom: { task: NSMScanRandom, schedule: twiceAMinute },
  },
});
