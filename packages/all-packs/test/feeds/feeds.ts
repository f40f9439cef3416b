import { CLOUD_FEEDS } from "./cloud-feeds.ts";
import type { Feed } from "./feed.ts";
import { HOST_FEEDS } from "./host-feeds.ts";
import { NETWORK_FEEDS } from "./network-feeds.ts";
import { SIGN_IN_FEEDS } from "./sign-in-feeds.ts";
import { SHIPPER_FEEDS } from "./shipper-feeds.ts";
import { SSHD_FEEDS } from "./sshd-feeds.ts";

export type { Feed } from "./feed.ts";

export const FEEDS: readonly Feed[] = [
  ...SSHD_FEEDS,
  ...SHIPPER_FEEDS,
  ...HOST_FEEDS,
  ...NETWORK_FEEDS,
  ...CLOUD_FEEDS,
  ...SIGN_IN_FEEDS,
];
