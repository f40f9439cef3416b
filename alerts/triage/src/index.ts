import { crontab, definePack } from "@mozdef/alert";
import { AlertTriageBotEscalation } from "./alert-triage-bot-escalation/alert-triage-bot-escalation.ts";

export { AlertTriageBotEscalation };

export default definePack({
  alerts: {
    AlertTriageBotEscalation: { task: AlertTriageBotEscalation, schedule: crontab({ minute: "*/5" }) },
  },
});
