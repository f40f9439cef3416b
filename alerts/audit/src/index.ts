import { crontab, definePack } from "@mozdef/alert";
import { AlertSFTPEvent } from "./alert-sftp-event/alert-sftp-event.ts";
import { PromiscAudit } from "./promisc-audit/promisc-audit.ts";
import { PromiscKernel } from "./promisc-kernel/promisc-kernel.ts";
import { TraceAudit } from "./trace-audit/trace-audit.ts";
import { WriteAudit } from "./write-audit/write-audit.ts";

export { AlertSFTPEvent, PromiscAudit, PromiscKernel, TraceAudit, WriteAudit };

export default definePack({
  alerts: {
    AlertSFTPEvent: { task: AlertSFTPEvent, schedule: crontab({ minute: "*/5" }) },
    PromiscAudit: { task: PromiscAudit, schedule: crontab({ minute: "*/1" }) },
    PromiscKernel: { task: PromiscKernel, schedule: crontab({ minute: "*/1" }) },
    TraceAudit: { task: TraceAudit, schedule: crontab({ minute: "*/5" }) },
    WriteAudit: { task: WriteAudit, schedule: crontab({ minute: "*/5" }) },
  },
});
