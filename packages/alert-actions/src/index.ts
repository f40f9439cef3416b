export { console } from "./console.ts";
export { webhook } from "./webhook.ts";

export type { ConsoleOptions } from "./console.ts";
export type { WebhookOptions } from "./webhook.ts";
