import { aggregation, AlertTask, textList, type AlertAbout, type AggregatedEvents } from "@mozdef/alert";
import { QueryStringMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { listOf, proxyAlert } from "../proxy-alert.ts";

/** A slash or a space would end the expression that the extensions become part of. */
const extension = z.string().regex(/^[^\s/"]+$/, "Expected a file extension without slash, quote or white space");

const config = z.object({
  /** Extensions of executable files, each a fragment of a Lucene regular expression. */
  extensions: textList("comma", extension).default(["exe", "sh", "py", "rb", "bin"]),
  /** Whether `evil.EXE` counts too. */
  ignore_case: z.boolean().default(false),
  /** Whether a query part may follow the extension: `evil.exe?id=1`. */
  with_query: z.boolean().default(false),
});

/** The proxy has refused to fetch an executable file. */
export class AlertProxyDropExecutable extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "The proxy has refused to fetch an executable file.",
    severity: "WARNING",
    attack: ["T1105"],
    triage: [
      "What asked for the file: a person, a browser, another program?",
      "Is the host known for malware? Fetch the file in a sandbox.",
      "Look at everything the machine asked for in the hour before.",
    ],
  };

  main() {
    const { extensions } = this.config;
    if (extensions.length === 0) return [];
    const query = SearchQuery({ minutes: 20 }).must(
      TermMatch("category", "proxy"),
      TermMatch("details.proxyaction", "TCP_DENIED"),
      QueryStringMatch(`details.destination: /${this.expression()}/`),
    );
    return aggregation(query, { field: "details.sourceipaddress", samplesLimit: 10 });
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    const files = listOf(allEvents, "details.destination");
    return proxyAlert(
      `Suspicious Proxy DROP event(s) detected from ${value} to the following executable file destination(s): ${files}`,
      events,
    );
  }

  /** Against the whole destination. */
  private expression(): string {
    const { extensions, ignore_case, with_query } = this.config;
    const names = (ignore_case ? extensions.map(inAnyCase) : extensions).join("|");
    return `.*\\.(${names})${with_query ? "(\\?.*)?" : ""}`;
  }
}

/** Lucene's expressions have no flag for it: `exe` becomes `[eE][xX][eE]`. */
const inAnyCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
