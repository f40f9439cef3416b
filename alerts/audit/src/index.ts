import { crontab, definePack } from "@mozdef/alert";
import { AlertSFTPEvent } from "./alert-sftp-event/alert-sftp-event.ts";
import { PromiscAudit } from "./promisc-audit/promisc-audit.ts";
import { PromiscKernel } from "./promisc-kernel/promisc-kernel.ts";
import { TraceAudit } from "./trace-audit/trace-audit.ts";
import { WriteAudit } from "./write-audit/write-audit.ts";

export { AlertSFTPEvent, PromiscAudit, PromiscKernel, TraceAudit, WriteAudit };

const eachMinute = crontab({ minute: "*/1" });
const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertSFTPEvent: { task: AlertSFTPEvent, schedule: everyFiveMinutes },
    PromiscAudit: { task: PromiscAudit, schedule: eachMinute },
    PromiscKernel: { task: PromiscKernel, schedule: eachMinute },
    TraceAudit: { task: TraceAudit, schedule: everyFiveMinutes },
    WriteAudit: { task: WriteAudit, schedule: everyFiveMinutes },
  },
});
