import { type SubmitEvent, useId, useState } from "react";
import { OnlyFor } from "../session/only-for.tsx";
import { commentOnAlert } from "../api/alert-api.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { recordsOf } from "./records.ts";
import { type ChangeProps, useChange } from "./use-change.ts";

/** What people say about the alert, oldest first, and a place to say something. */
export const CommentList = ({ alert, ...props }: ChangeProps) => {
  const id = useId();
  const { busy, change } = useChange(props);
  const [text, setText] = useState("");
  const comments = recordsOf(alert._source.comments);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    if (await change((signed) => commentOnAlert(alert._id, { text, ...signed }))) setText("");
  };
  return (
    <section aria-labelledby="comments-title">
      <h2 id="comments-title">Comments ({comments.length})</h2>
      <ol className="comments">
        {comments.map(({ by, at, text: said }, index) => (
          <li key={index}>
            <p className="comments__by">
              {by || "unknown"}, <Timestamp value={at} />
            </p>
            <p className="comments__text">{said}</p>
          </li>
        ))}
      </ol>
      <OnlyFor scope="handle">
        <form className="handling__form" onSubmit={(event) => void submit(event)}>
          <label htmlFor={id} className="visually-hidden">
            New comment
          </label>
          <textarea
            id={id}
            rows={2}
            maxLength={10_000}
            placeholder="What you have found out"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" aria-disabled={busy}>
            Add comment
          </button>
        </form>
      </OnlyFor>
    </section>
  );
};
