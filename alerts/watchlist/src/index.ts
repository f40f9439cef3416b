import { crontab, definePack } from "@mozdef/alert";
import { AlertWatchList } from "./alert-watch-list/alert-watch-list.ts";

export { AlertWatchList };

export default definePack({
  // Terms that the service's API writes and the alert reads.
  indices: { watchlist: {} },
  alerts: {
    AlertWatchList: {
      task: AlertWatchList,
      schedule: crontab({ minute: "*/1" }),
      // The service's own watchlist is in the store; the address that MozDef comes with is for those who have its REST service.
      config: { api_url: "" },
    },
  },
});
