export { console } from "./console.ts";
export { discord } from "./discord.ts";
export { mattermost } from "./mattermost.ts";
export { pagerduty } from "./pagerduty.ts";
export { slack } from "./slack.ts";
export { webhook } from "./webhook.ts";

export type { ConsoleOptions } from "./console.ts";
export type { DiscordOptions } from "./discord.ts";
export type { MattermostOptions } from "./mattermost.ts";
export type { PagerdutyOptions } from "./pagerduty.ts";
export type { MessageOptions, SharedOptions } from "./shared-options.ts";
export type { SlackOptions } from "./slack.ts";
export type { WebhookOptions } from "./webhook.ts";
