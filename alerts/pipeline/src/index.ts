import { crontab, definePack } from "@mozdef/alert";
import { AlertDeliveryFailures } from "./alert-delivery-failures/alert-delivery-failures.ts";
import { AlertExecutionFailures } from "./alert-execution-failures/alert-execution-failures.ts";
import { AlertExecutionGap } from "./alert-execution-gap/alert-execution-gap.ts";
import { AlertExecutionKilled } from "./alert-execution-killed/alert-execution-killed.ts";
import { AlertIndexingFailures } from "./alert-indexing-failures/alert-indexing-failures.ts";
import { AlertWatchdog } from "./alert-watchdog/alert-watchdog.ts";
import { OldEvents } from "./old-events/old-events.ts";

export {
  AlertDeliveryFailures,
  AlertExecutionFailures,
  AlertExecutionGap,
  AlertExecutionKilled,
  AlertIndexingFailures,
  AlertWatchdog,
  OldEvents,
};

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    OldEvents: { task: OldEvents, schedule: everyFiveMinutes },
    AlertExecutionGap: { task: AlertExecutionGap, schedule: everyFiveMinutes },
    AlertExecutionFailures: { task: AlertExecutionFailures, schedule: everyFiveMinutes },
    AlertExecutionKilled: { task: AlertExecutionKilled, schedule: everyFiveMinutes },
    AlertIndexingFailures: { task: AlertIndexingFailures, schedule: everyFiveMinutes },
    AlertDeliveryFailures: { task: AlertDeliveryFailures, schedule: everyFiveMinutes },
    // Off: nobody wants it anywhere but at the end of a target that waits for it.
    AlertWatchdog: { task: AlertWatchdog, schedule: everyFiveMinutes, enabled: false },
  },
});
