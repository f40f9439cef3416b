import { crontab, definePack } from "@mozdef/alert";
import { AlertDeadmanGeneric } from "./alert-deadman-generic/alert-deadman-generic.ts";
import { broNSM } from "./bro-nsm/bro-nsm.ts";

export { AlertDeadmanGeneric, broNSM };

const everyFiveMinutes = crontab({ minute: "*/5" });

// Off until they are configured: the hosts and searches they come with are samples, and a sample is silent for ever.
export default definePack({
  indices: { deadman: {} },
  alerts: {
    AlertDeadmanGeneric: { task: AlertDeadmanGeneric, schedule: everyFiveMinutes, enabled: false },
    broNSM: { task: broNSM, schedule: everyFiveMinutes, enabled: false },
  },
});
