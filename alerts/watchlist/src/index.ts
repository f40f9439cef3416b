import { crontab, definePack } from "@mozdef/alert";
import { AlertWatchList } from "./alert-watch-list/alert-watch-list.ts";

export { AlertWatchList };

export default definePack({
  alerts: {
    AlertWatchList: { task: AlertWatchList, schedule: crontab({ minute: "*/1" }) },
  },
});
