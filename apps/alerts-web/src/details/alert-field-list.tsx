import type { Alert } from "@mozdef/alert-api";
import type { ReactNode } from "react";
import { detailsAddress } from "../routing/route.ts";
import { Link } from "../shared/link.tsx";
import { safeLink } from "../shared/safe-link.ts";
import { toText } from "../shared/to-text.ts";
import { FieldList } from "./field-list.tsx";
import { flatten } from "../shared/flatten.ts";

/** Shown elsewhere on the page. */
const SHOWN_ELSEWHERE = new Set([
  "summary",
  "severity",
  "utctimestamp",
  "status",
  "events",
  "acknowledged",
  "acknowledgedby",
  "assignee",
  "closedat",
  "closedby",
  "closereason",
  "history",
  "comments",
  "links",
  "mutedby",
]);

/** The fields people look for first; whatever else an alert carries follows. */
const LEADING_FIELDS = ["category", "classname", "tags", "channel", "notify_mozdefbot", "url", "details", "errors"];

/** Every field of an alert that its header does not show, its details one by one. */
export const AlertFieldList = ({ alert: { _id, _index, _source } }: { readonly alert: Alert }) => {
  const fields = new Map(Object.entries(_source));
  const names = [...LEADING_FIELDS, ...[...fields.keys()].filter((name) => !LEADING_FIELDS.includes(name))];
  const shown = names.filter((name) => fields.has(name) && !SHOWN_ELSEWHERE.has(name));
  const rows = shown.flatMap((name) => rowsOf(name, fields.get(name)));
  return (
    <section aria-labelledby="fields-title">
      <h2 id="fields-title">Fields</h2>
      <FieldList rows={[...rows, { name: "id", value: _id }, { name: "index", value: _index }]} />
    </section>
  );
};

const rowsOf = (name: string, value: unknown): { name: string; value: ReactNode }[] => {
  if (name === "url") return [{ name, value: <AlertUrl url={value} /> }];
  if (name === "previous") return [{ name: "closed before", value: <PreviousAlert id={toText(value)} /> }];
  if (name === "tags" && Array.isArray(value)) return [{ name, value: <Tags tags={value} /> }];
  if (name === "notify_mozdefbot") return [{ name: "notifies the chat bot", value: value === true ? "yes" : "no" }];
  const lines = flatten(value, name);
  return lines.length > 0 ? lines : [{ name, value: toText(value) }];
};

const AlertUrl = ({ url }: { readonly url: unknown }) => {
  const href = safeLink(url);
  if (href === undefined) return toText(url);
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {toText(url)}
    </a>
  );
};

const PreviousAlert = ({ id }: { readonly id: string }) => <Link href={detailsAddress(id)}>{id}</Link>;

const Tags = ({ tags }: { readonly tags: readonly unknown[] }) => (
  <ul className="tags">
    {tags.map((tag, index) => (
      <li key={index}>{toText(tag)}</li>
    ))}
  </ul>
);
