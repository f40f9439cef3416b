import type { CloseReason } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { useMay } from "../session/session-context.ts";
import { type SubmitEvent, useId, useState } from "react";
import { assignAlert, closeAlert, reopenAlert } from "../api/alert-api.ts";
import { closeReasons, isClosed, reasonLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { visible } from "../shared/visible.ts";
import { type ChangeProps, useChange } from "./use-change.ts";

/** Who takes care of the alert, and how it ends. */
export const Handling = (props: ChangeProps) => (
  <section aria-labelledby="handling-title">
    <h2 id="handling-title">Handling</h2>
    <div className="handling">
      {useMay("handle") ? <Assignee {...props} /> : <AssigneeName name={toText(props.alert._source.assignee)} />}
      {isClosed(props.alert._source) ? (
        <Closed {...props} />
      ) : (
        <OnlyFor scope="handle">
          <CloseForm {...props} />
        </OnlyFor>
      )}
    </div>
  </section>
);

const AssigneeName = ({ name }: { readonly name: string }) => (
  <p>{name === "" ? "Nobody takes care of it." : `${visible(name)} takes care of it.`}</p>
);

const Assignee = ({ alert, ...props }: ChangeProps) => {
  const id = useId();
  const assignee = toText(alert._source.assignee);
  const { busy, change } = useChange(props);
  // What is being written; null as long as it is who takes care of it.
  const [written, setWritten] = useState<string | null>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = (written ?? assignee).trim();
    if (await change((signed) => assignAlert(alert._id, { assignee: name === "" ? null : name, ...signed })))
      setWritten(null);
  };
  return (
    <form className="handling__form" onSubmit={(event) => void submit(event)}>
      <div className="field field--inline">
        <label htmlFor={id}>Assignee</label>
        <input
          id={id}
          type="text"
          placeholder="nobody"
          spellCheck={false}
          maxLength={200}
          value={written ?? assignee}
          onChange={(event) => setWritten(event.target.value)}
        />
      </div>
      <button type="submit" aria-disabled={busy}>
        Assign
      </button>
    </form>
  );
};

const CloseForm = ({ alert, ...props }: ChangeProps) => {
  const id = useId();
  const { busy, change } = useChange(props);
  const [reason, setReason] = useState<CloseReason | "">("");
  const [comment, setComment] = useState("");

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const text = comment.trim();
    if (reason === "") return;
    await change((signed) => closeAlert(alert._id, { reason, ...(text !== "" && { comment: text }), ...signed }));
  };
  return (
    <form className="handling__form" onSubmit={(event) => void submit(event)}>
      <div className="field field--inline">
        <label htmlFor={`${id}-reason`}>Close as</label>
        <select
          id={`${id}-reason`}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value as CloseReason | "")}
        >
          <option value="">Choose a reason</option>
          {closeReasons.map((option) => (
            <option key={option} value={option}>
              {reasonLabel(option)}
            </option>
          ))}
        </select>
      </div>
      <div className="field field--inline">
        <label htmlFor={`${id}-comment`}>Why</label>
        <input
          id={`${id}-comment`}
          type="text"
          maxLength={10_000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </div>
      <button type="submit" aria-disabled={busy}>
        Close alert
      </button>
    </form>
  );
};

const Closed = ({ alert: { _id, _source: fields }, ...props }: ChangeProps) => {
  const { busy, change } = useChange(props);
  const reason = reasonLabel(fields.closereason);
  return (
    <p className="handling__closed" role="status">
      <span>
        Closed{reason !== "" && ` (${reason})`} by {toText(fields.closedby) || "unknown"},{" "}
        <Timestamp value={fields.closedat} />
      </span>
      <OnlyFor scope="handle">
        <button type="button" aria-disabled={busy} onClick={() => void change((signed) => reopenAlert(_id, signed))}>
          Reopen
        </button>
      </OnlyFor>
    </p>
  );
};
