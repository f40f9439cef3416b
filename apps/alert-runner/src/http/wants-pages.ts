import type { IncomingHttpHeaders } from "node:http";

/** Whether pages are asked for: shippers, which ask the same address whom they talk to, want JSON. */
export const wantsPages = ({ accept }: IncomingHttpHeaders): boolean =>
  accept?.includes("json") !== true || accept.includes("text/html");
