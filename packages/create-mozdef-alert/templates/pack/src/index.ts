import { definePack } from "@mozdef/alert";

export default definePack({
  alerts: {},
});
