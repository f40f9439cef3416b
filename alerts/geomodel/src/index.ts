import { crontab, definePack } from "@mozdef/alert";
import { AlertGeoModel } from "./alert-geo-model/alert-geo-model.ts";

export { AlertGeoModel };

export default definePack({
  // Where users were seen last.
  indices: { localities: {} },
  alerts: {
    // As long as the look-back of the first run; later runs go on where the previous one ended.
    AlertGeoModel: { task: AlertGeoModel, schedule: crontab({ minute: "*/5" }) },
  },
});
