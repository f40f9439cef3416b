import {
  aggregation,
  AlertTask,
  distinct,
  networkText,
  textList,
  type AggregatedEvents,
  type AlertAbout,
} from "@mozdef/alert";
import { any, ExistsMatch, SearchQuery, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "@mozdef/query";
import { z } from "zod";
import { fits, NOTICES, type Notice } from "./notices.ts";

const config = z.object({
  /** Notices that are not looked for, with `*` for any characters. */
  except_notes: textList("comma").default([]),
  /** Notices of your own that tell of an attack, with `*` for any characters. */
  more_notes: textList("comma").default([]),
  /** Networks and machines whose attacks are tests. */
  testers: textList("comma", networkText).default([]),
});

/** Zeek has seen an attack: guessed passwords, SQL injection, Heartbleed, an exploit, a signature. */
export class AlertZeekAttack extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "Zeek has seen an attack: guessed passwords, SQL injection, Heartbleed, an exploit, a signature.",
    severity: ["WARNING", "CRITICAL", "NOTICE"],
    attack: ["T1110.001", "T1190", "T1210"],
    falsePositives: [
      "A scanner of your own: name its network in `testers`.",
      "Applications that put SQL into addresses.",
    ],
    triage: [
      "Is the source one of yours? Then it is a test, or the machine is under the control of somebody else: isolate it.",
      "Is the destination vulnerable? Look for its version, and at what it sent back (`conn.log`, `http.log`, `ssl.log`).",
      "Heartbleed that was answered: change keys, certificates and passwords of the server.",
    ],
  };

  main() {
    const { except_notes, testers } = this.config;
    const exceptions = except_notes.map((note) => WildcardMatch("details.note", note));
    const query = SearchQuery({ minutes: 15 }).must(
      TermsMatch("category", ["bro", "zeek"]),
      TermMatch("source", "notice"),
      any(...widest(this.notices()).map(({ note }) => WildcardMatch("details.note", note))),
    );
    const notByTesters = testers.map((network) => SubnetMatch("details.sourceipaddress", network));
    return [
      aggregation(query.mustNot(...exceptions, ...notByTesters), {
        field: "details.sourceipaddress",
        samplesLimit: 10,
      }),
      // Some notices are about a file or a host, and name no source.
      aggregation(query.mustNot(ExistsMatch("details.sourceipaddress"), ...exceptions), {
        field: "details.note",
        samplesLimit: 10,
      }),
    ];
  }

  onAggregation({ value, events, allEvents }: AggregatedEvents) {
    const notices = distinct(allEvents, "details.note").map((note) => ({ note, ...this.noticeOf(note) }));
    const what = notices.map(({ note, words }) => `${words} (${note})`).join(", ");
    const source = notices.some(({ note }) => note === value) ? "a source that is not named" : value;
    const targets = distinct(allEvents, "details.destinationipaddress");
    const to = targets.length === 0 ? "" : ` to ${targets.slice(0, SHOWN).join(", ")}${moreThan(targets.length)}`;
    return {
      summary: `Attack from ${source}${to}: ${what}, ${allEvents.length} notices`,
      category: "nsm",
      tags: ["nsm", "zeek", "attack"],
      severity: SEVERITIES.findLast((one) => notices.some(({ severity }) => severity === one)) ?? "NOTICE",
      events,
    };
  }

  private notices(): readonly Notice[] {
    const own = this.config.more_notes.map((note) => ({ note, words: "attack", severity: "WARNING" as const }));
    return [...NOTICES, ...own];
  }

  private noticeOf(note: string): Omit<Notice, "note"> {
    const { words, severity } = this.notices().find((notice) => fits(note, notice.note)) ?? UNKNOWN;
    return { words, severity };
  }
}

const UNKNOWN = { words: "attack", severity: "WARNING" } as const;
/** In rising order. */
const SEVERITIES = ["NOTICE", "WARNING", "CRITICAL"] as const;

/** Without notices that another one's `*` stands for. */
const widest = (notices: readonly Notice[]): readonly Notice[] =>
  notices.filter((one) => !notices.some((other) => other !== one && fits(one.note, other.note)));

const SHOWN = 10;

const moreThan = (count: number): string => (count > SHOWN ? ` and ${count - SHOWN} more` : "");
