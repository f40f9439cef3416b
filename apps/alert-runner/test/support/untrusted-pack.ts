import { reachingPack } from "./reaching-alerts.ts";

export default reachingPack("untrusted");
