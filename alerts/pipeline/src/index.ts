import { crontab, definePack } from "@mozdef/alert";
import { OldEvents } from "./old-events/old-events.ts";

export { OldEvents };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    OldEvents: { task: OldEvents, schedule: everyFiveMinutes },
  },
});
