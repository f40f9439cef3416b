import { crontab, definePack } from "@mozdef/alert";
import { AlertDeadmanGeneric } from "./alert-deadman-generic/alert-deadman-generic.ts";
import { broNSM } from "./bro-nsm/bro-nsm.ts";

export { AlertDeadmanGeneric, broNSM };

const everyFiveMinutes = crontab({ minute: "*/5" });

export default definePack({
  alerts: {
    AlertDeadmanGeneric: { task: AlertDeadmanGeneric, schedule: everyFiveMinutes },
    broNSM: { task: broNSM, schedule: everyFiveMinutes },
  },
});
