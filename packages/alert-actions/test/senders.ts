import {
  discord,
  googleChat,
  mattermost,
  opsgenie,
  pagerduty,
  slack,
  splunkHec,
  teams,
  telegram,
} from "@mozdef/alert-actions";
import type { AlertAction } from "@mozdef/alert/runtime";

/** An action of which all tests of senders hold. */
export interface Sender {
  readonly name: string;
  /** With a secret that is nowhere else in a request. */
  readonly make: (more?: object) => AlertAction;
  readonly secret: string;
  /** A required option. */
  readonly required: string;
  /** It sends data to a program, in which text stays as it is. */
  readonly isData?: boolean;
  /** It knows alerts by a key and has a state of each. */
  readonly isPager?: boolean;
}

const KEY = "0123456789abcdef0123456789abcdef";
const HOOK = `http://127.0.0.1/services/T0/B0/${KEY}`;

const HEC = { url: "http://127.0.0.1:8088", token: KEY };

export const SENDERS: readonly Sender[] = [
  {
    name: "opsgenie",
    make: (more) => opsgenie({ apiKey: KEY, ...more }),
    secret: KEY,
    required: "apiKey",
    isPager: true,
  },
  { name: "splunkHec", make: (more) => splunkHec({ ...HEC, ...more }), secret: KEY, required: "token", isData: true },
  {
    name: "googleChat",
    make: (more) => googleChat({ webhookUrl: `${HOOK}?token=t`, ...more }),
    secret: KEY,
    required: "webhookUrl",
  },
  {
    name: "teams",
    make: (more) => teams({ webhookUrl: `http://127.0.0.1/w?sig=${KEY}`, ...more }),
    secret: KEY,
    required: "webhookUrl",
  },
  {
    name: "telegram",
    make: (more) => telegram({ token: `1:${KEY}`, chatId: 1, ...more }),
    secret: KEY,
    required: "token",
  },
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
    isPager: true,
  },
  { name: "slack", make: (more) => slack({ webhookUrl: HOOK, ...more }), secret: KEY, required: "webhookUrl" },
];

/** Those that people read, and nothing else. */
export const CHATS: readonly Sender[] = SENDERS.filter(({ isData, isPager }) => isData !== true && isPager !== true);
