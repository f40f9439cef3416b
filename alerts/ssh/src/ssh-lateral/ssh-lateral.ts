import {
  addHostname,
  aggregation,
  AlertTask,
  isAddress,
  isInNetwork,
  networkText,
  textAt,
  type AlertAbout,
  type AggregatedEvents,
  type Hit,
  type HookContext,
} from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { pattern, startsWith } from "./pattern.ts";

const exception = z.tuple([pattern, pattern, networkText]);
type Exception = z.output<typeof exception>;

const kirk = [1, 2, 3].map((host): Exception => ["kirk", ".*", `10.1.1.${host}/32`]);
const spock = [50, 51, 52, 53].map((net): Exception => [
  "spock",
  "sciencestation.enterprise.mozilla.com",
  `10.0.${net}.0/24`,
]);

const config = z.object({
  /** Hosts in scope: an expression has to match from the start of the host name. */
  hostmustmatch: z.array(pattern).default([String.raw`.*\.enterprise\.mozilla.com`]),
  /** Hosts out of scope, though one of `hostmustmatch` matches. */
  hostmustnotmatch: z.array(pattern).default([String.raw`ten-forward\.enterprise\.mozilla\.com`]),
  /** Networks whose logins are against policy. */
  alertifsource: z.array(networkText).default(["10.0.0.0/8"]),
  /** Networks inside those that may log in, e.g. jump hosts. */
  notalertifsource: z.array(networkText).default(["10.0.22.0/24", "10.0.23.0/24"]),
  /** Users who may come from anywhere. */
  ignoreusers: z.array(pattern).default([String.raw`.*@\S+.*`]),
  /** `[user, host, network]`: logins that are allowed. */
  exceptions: z.array(exception).default([...kirk, ...spock]),
  /** Whether private addresses are shown with their names from reverse DNS. */
  reverse_dns: z.boolean().default(true),
});

/** A login between machines that the policy does not allow. */
export class SshLateral extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A login between machines that the policy does not allow.",
    severity: "WARNING",
    attack: ["T1021.004"],
    falsePositives: ["A job of a service account that has no exception yet."],
    triage: [
      "Who is the user, and was there a reason to go that way?",
      "Look at the source machine: who was on it, and how did they get there?",
      "Service accounts: find the job; if it is meant, write an exception, else treat the key as stolen.",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "syslog"),
      TermMatch("details.program", "sshd"),
      PhraseMatch("summary", "Accepted publickey"),
    );
    return aggregation(query, { field: "hostname", samplesLimit: 10 });
  }

  async onAggregation({ value: host, events, allEvents }: AggregatedEvents, { dns }: HookContext) {
    if (!this.isInScope(host)) return null;
    const logins = allEvents.flatMap(loginOf).filter((login) => this.isOutsidePolicy(login, host));
    const [first] = logins;
    if (first === undefined) return null;
    const named = this.config.reverse_dns ? await namesOf(logins, dns) : new Map<string, string>();
    const addresses = logins.map(({ address }) => named.get(address) ?? address);
    const users = logins.map(({ user }) => user);
    return {
      summary: `SSH lateral movement outside policy: access to ${host} from ${listed(addresses)} as ${listed(users)}`,
      category: "session",
      tags: ["sshd", "syslog"],
      severity: "WARNING",
      // The samples are the oldest events, allowed or not: make sure that one of those to worry about is among them.
      events: logins.some(({ event }) => events.includes(event)) ? events : [...events, first.event],
    };
  }

  private isInScope(host: string): boolean {
    const { hostmustmatch, hostmustnotmatch } = this.config;
    return (
      hostmustmatch.some((expression) => startsWith(host, expression)) &&
      !hostmustnotmatch.some((expression) => startsWith(host, expression))
    );
  }

  private isOutsidePolicy({ user, address }: Login, host: string): boolean {
    const { alertifsource, notalertifsource, ignoreusers, exceptions } = this.config;
    const isFrom = (network: string): boolean => isInNetwork(address, network);
    return (
      alertifsource.some(isFrom) &&
      !notalertifsource.some(isFrom) &&
      !ignoreusers.some((expression) => startsWith(user, expression)) &&
      !exceptions.some(([who, where, from]) => startsWith(user, who) && startsWith(host, where) && isFrom(from))
    );
  }
}

interface Login {
  readonly user: string;
  readonly address: string;
  readonly event: Hit;
}

const LOGIN = /^Accepted publickey for (\S+) from (\S+)/;

const loginOf = (event: Hit): readonly Login[] => {
  const [, user, address] = LOGIN.exec(textAt(event, "summary")) ?? [];
  return user !== undefined && address !== undefined && isAddress(address) ? [{ user, address, event }] : [];
};

/** Each address is looked up once, however many logins it has. */
const namesOf = async (logins: readonly Login[], dns: HookContext["dns"]): Promise<ReadonlyMap<string, string>> => {
  const addresses = [...new Set(logins.map(({ address }) => address))].slice(0, LONGEST_LIST);
  return new Map(
    await Promise.all(addresses.map(async (address) => [address, await addHostname(address, dns)] as const)),
  );
};

/** A summary is read by people and sent to chat: beyond this a number says enough. */
const LONGEST_LIST = 100;

const listed = (values: readonly string[]): string =>
  values.length > LONGEST_LIST
    ? `${values.slice(0, LONGEST_LIST).join(",")} (and ${values.length - LONGEST_LIST} more)`
    : values.join(",");
