/** Seconds between the slots of every alert. */
const EVERY_S = 2;

/** Of the integration with PagerDuty: 32 characters, as real ones have. */
export const ROUTING_KEY = "0123456789abcdef0123456789abcdef";

/** Longest time for one message to the chat, in milliseconds: as long as one is waited for that it does not answer. */
const CHAT_MS = 4_000;

interface SiteOptions {
  /** `store` of the configuration. */
  readonly store: object;
  /** Where all receivers are, each by its name. */
  readonly receivers: string;
}

/**
 * The configuration of every runner. The actions are those that people use; below them, messages go to receivers of this program, and say
 * what no receiver is told: the key of the message, and who sends it.
 */
export const configOf = ({ store, receivers }: SiteOptions): string => `
import { aggregation, AlertTask, definePack, interval, noEvent } from "@mozdef/alert";
import { pagerduty, slack, webhook } from "@mozdef/alert-actions";
import { defineConfig } from "@mozdef/alert-runner";
import { SearchQuery, TermMatch } from "@mozdef/query";

const of = (category) => SearchQuery({ minutes: 10 }).must(TermMatch("category", category));
const byAddress = { field: "details.sourceipaddress", threshold: 1, quietFor: { hours: 2 } };

class Attack extends AlertTask {
  main() { return aggregation(of("login"), byAddress); }
  onAggregation({ value }) { return { summary: "failed logins by " + value, category: "attack", tags: [], severity: "CRITICAL" }; }
}
class Scan extends AlertTask {
  main() { return aggregation(of("port"), byAddress); }
  onAggregation({ value }) { return { summary: "ports tried by " + value, category: "attack", tags: [], severity: "CRITICAL" }; }
}
class NoHeartbeat extends AlertTask {
  main() { return noEvent(of("heartbeat"), { quietFor: { hours: 2 }, resolveAfter: { minutes: 0 } }); }
  onNoEvent() { return { summary: "no heartbeat", category: "availability", tags: [], severity: "WARNING" }; }
}
const schedule = interval({ seconds: ${EVERY_S} });
const alerts = Object.fromEntries(Object.entries({ Attack, Scan, NoHeartbeat }).map(([name, task]) => [name, { task, schedule }]));

const received = (name, action) => ({
  ...action,
  send: (message, context) => {
    const story = { "story-key": context.key, "story-event": context.event, "story-sender": String(process.pid) };
    const fetch = (_url, init) => context.fetch("${receivers}/" + name, { ...init, headers: { ...init.headers, ...story } });
    return action.send(message, { ...context, fetch });
  },
});
const events = ["trigger", "acknowledge", "resolve"];

export default defineConfig({
  store: ${JSON.stringify(store)},
  packs: [definePack({ alerts })],
  actions: {
    chat: received("chat", slack({ webhookUrl: "https://hooks.slack.com/services/T0/B0/0123456789", events, timeoutMs: ${CHAT_MS} })),
    pager: received("pager", pagerduty({ integrationKey: "${ROUTING_KEY}" })),
    mail: received("mail", webhook({ url: "https://mail.example.org/digest" })),
  },
  routes: [
    { name: "digest", match: { category: "attack" }, to: ["mail"], digest: { minute: "*" }, continue: true },
    { name: "attacks", match: { category: "attack" }, to: ["pager", "chat"] },
    { name: "rest", to: ["chat"] },
  ],
});
`;
