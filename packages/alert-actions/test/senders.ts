import { discord, mattermost, pagerduty, slack } from "@mozdef/alert-actions";
import type { AlertAction } from "@mozdef/alert/runtime";

/** An action of which all tests of senders hold. */
export interface Sender {
  readonly name: string;
  /** With a secret that is nowhere else in a request. */
  readonly make: (more?: object) => AlertAction;
  readonly secret: string;
  /** A required option. */
  readonly required: string;
}

const KEY = "0123456789abcdef0123456789abcdef";
const HOOK = `http://127.0.0.1/services/T0/B0/${KEY}`;

export const SENDERS: readonly Sender[] = [
  { name: "discord", make: (more) => discord({ webhookUrl: HOOK, ...more }), secret: KEY, required: "webhookUrl" },
  {
    name: "mattermost",
    make: (more) => mattermost({ webhookUrl: HOOK, ...more }),
    secret: KEY,
    required: "webhookUrl",
  },
  {
    name: "pagerduty",
    make: (more) => pagerduty({ integrationKey: KEY, ...more }),
    secret: KEY,
    required: "integrationKey",
  },
  { name: "slack", make: (more) => slack({ webhookUrl: HOOK, ...more }), secret: KEY, required: "webhookUrl" },
];
