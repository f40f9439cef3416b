import { crontab, definePack } from "@mozdef/alert";
import { OldEvents } from "./old-events/old-events.ts";

export { OldEvents };

export default definePack({
  alerts: {
    OldEvents: { task: OldEvents, schedule: crontab({ minute: "*/5" }) },
  },
});
