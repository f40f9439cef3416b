import { reasonLabel, statusLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { recordsOf, type TextRecord } from "./records.ts";

/** Every change of the alert, newest first. */
export const HistoryList = ({ history }: { readonly history: unknown }) => {
  const records = recordsOf(history);
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">History ({records.length})</h2>
      {records.length === 0 && <p>Nobody has changed this alert.</p>}
      <ol className="history" reversed>
        {[...records].reverse().map((record, index) => (
          <li key={records.length - index}>
            <Timestamp value={record.at} /> {record.by || "unknown"} {sentenceOf(record)}
          </li>
        ))}
      </ol>
    </section>
  );
};

/** What was done, after who did it. */
export const sentenceOf = ({ action, from, to, text }: TextRecord): string => {
  switch (action) {
    case "status":
      return `changed the status from ${statusLabel(from)} to ${statusLabel(to)}`;
    case "close":
      return text === "" ? "closed it" : `closed it: ${reasonLabel(text)}`;
    case "reopen":
      return `opened it again: ${statusLabel(to)}`;
    case "assign":
      return to === "" ? `took it from ${from || "nobody"}` : `assigned it to ${to}`;
    case "comment":
      return "added a comment";
    case "link":
      return `added a link: ${text}`;
    default:
      return action;
  }
};
