import { Client } from "@elastic/elasticsearch";
import { alertDocument } from "@mozdef/alert/runtime";
import { alertIndex, createAlertStore, entitiesOf, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";

const RULES = ["AlertBruteforceSsh", "AlertSshPasswordSpraying", "AlertDoor", "AlertGuardrail", "AlertPortScan"];
const SEVERITIES = ["NOTICE", "WARNING", "CRITICAL", "ERROR", "INFO"];
/** Alerts of a bulk request. */
const TOGETHER = 2_000;
const EVENTS = 10;

/** The alert of a number: rules, severities, addresses, users and hosts in turns, so that each store is the same. */
const alertOf = (number: number, now: Date) => {
  const address = `198.51.${number % 200}.${(number * 7) % 250}`;
  const events = Array.from({ length: EVENTS }, (_, index) => ({
    _index: "events",
    _id: `${number}-${index}`,
    _source: {
      utctimestamp: now.toISOString(),
      summary: `Failed password for user${number % 900} from ${address}`,
      hostname: `host${number % 300}`,
      details: { sourceipaddress: address, username: `user${number % 900}`, program: "sshd" },
    },
  }));
  const draft = {
    summary: `${EVENTS} ssh bruteforce attempts by ${address} host${number % 300}`,
    category: "bruteforce",
    tags: ["ssh"],
    severity: SEVERITIES[number % SEVERITIES.length] ?? "NOTICE",
  };
  const alert = alertDocument(draft, { now, classname: RULES[number % RULES.length] ?? "AlertDoor", events });
  return { ...alert, entities: { ...entitiesOf(alert), id: `planted-${number}` } };
};

/** Fills an embedded store in a folder with alerts of the last 60 days. */
export const plantAlerts = async (path: string, count: number, now: Date): Promise<void> => {
  const embedded = new EmbeddedSearch({ path });
  const client = new Client({ node: "http://embedded", Connection: embedded.Connection, Transport: EmbeddedTransport });
  const store = createAlertStore({ client });
  await setUpStore(store, now, {});
  const stepMs = (60 * 86_400_000) / count;
  for (let first = 0; first < count; first += TOGETHER) {
    const operations = Array.from({ length: Math.min(TOGETHER, count - first) }, (_, offset) => {
      const number = first + offset;
      const at = new Date(now.getTime() - number * stepMs);
      return [
        { create: { _index: store.names.physical(alertIndex(at)), _id: `planted-${number}` } },
        alertOf(number, at),
      ];
    }).flat();
    const { errors, items } = await client.bulk({ operations });
    if (errors) throw new Error(JSON.stringify(items.find(({ create }) => create?.error !== undefined)));
  }
  await client.indices.refresh({ index: "_all" });
  await client.close();
  await embedded.close();
};
