import { crontab, definePack } from "@mozdef/alert";
import { AlertGenericLoader } from "./alert-generic-loader/alert-generic-loader.ts";

export { AlertGenericLoader };

export default definePack({
  alerts: {
    // Off until there is a folder of rules. Each minute: rules have windows of their own, some of them short.
    AlertGenericLoader: { task: AlertGenericLoader, schedule: crontab({ minute: "*/1" }), enabled: false },
  },
});
