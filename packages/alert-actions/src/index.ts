export { console } from "./console.ts";
export { pagerduty } from "./pagerduty.ts";
export { slack } from "./slack.ts";
export { webhook } from "./webhook.ts";

export type { ConsoleOptions } from "./console.ts";
export type { PagerdutyOptions } from "./pagerduty.ts";
export type { MessageOptions, SharedOptions } from "./shared-options.ts";
export type { SlackOptions } from "./slack.ts";
export type { WebhookOptions } from "./webhook.ts";
