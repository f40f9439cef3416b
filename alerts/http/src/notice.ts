import { eachEvent, textAt, type AlertDraft, type EachEventSearch, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Zeek's notices of one kind in the last quarter of an hour. */
export const noticeSearch = (note: string): EachEventSearch =>
  eachEvent(
    SearchQuery({ minutes: 15 }).must(
      TermMatch("category", "bro"),
      TermMatch("source", "notice"),
      PhraseMatch("details.note", note),
    ),
  );

/** What all alerts of this pack make of a notice. */
export const noticeAlert = (event: Hit, { severity, url }: { severity: string; url: string }): AlertDraft => ({
  summary: `${textAt(event, "hostname")} ${textAt(event, "summary")}`,
  category: "httperrors",
  tags: ["http"],
  severity,
  url,
});
