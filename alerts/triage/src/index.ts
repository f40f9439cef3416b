import { crontab, definePack } from "@mozdef/alert";
import { AlertTriageBotEscalation } from "./alert-triage-bot-escalation/alert-triage-bot-escalation.ts";

export { AlertTriageBotEscalation };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertTriageBotEscalation: { task: AlertTriageBotEscalation, schedule: everyFiveMinutes },
  },
});
