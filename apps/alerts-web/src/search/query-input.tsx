import type { EventField } from "@mozdef/alert-api";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { visible } from "../shared/visible.ts";
import { completed, tokenAt } from "./query-text.ts";
import { useSuggestions } from "./use-suggestions.ts";

interface QueryInputProps {
  readonly value: string;
  readonly fields: readonly EventField[];
  readonly query: string;
  readonly onChange: (value: string) => void;
}

/**
 * A query in Lucene's syntax, with completion of fields and of their most frequent values: arrows choose, Enter or Tab takes, Escape
 * closes. Enter without a choice searches.
 */
export const QueryInput = ({ value, fields, query, onChange }: QueryInputProps) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(-1);
  const token = tokenAt(value, caret ?? 0);
  const suggestions = useSuggestions(caret === undefined ? "" : token.text, fields, query);
  const isOpen = suggestions.length > 0;

  const close = () => {
    setCaret(undefined);
    setChosen(-1);
  };
  const take = (text: string) => {
    const next = completed(value, token, text);
    onChange(next.text);
    setChosen(-1);
    setCaret(text.endsWith(":") ? next.caret : undefined);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!isOpen) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const text = suggestions[chosen]?.text;
    if (step !== 0)
      setChosen((chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && text !== undefined) take(text);
    else return;
    event.preventDefault();
  };
  return (
    <div className="field field--text query-input">
      <label htmlFor={id}>Search</label>
      <input
        ref={input}
        id={id}
        type="search"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen < 0 ? undefined : `${id}${chosen}`}
        aria-describedby={`${id}help`}
        placeholder='category:login AND details.username:"ann"'
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
          setCaret(target.selectionStart ?? target.value.length);
          setChosen(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <ul id={`${id}list`} className="suggestions" role="listbox" aria-label="Completions" hidden={!isOpen}>
        {suggestions.map(({ text, label, note }, index) => (
          <li
            key={text}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === chosen}
            // Before the field loses the focus, which closes the list.
            onPointerDown={(event) => {
              event.preventDefault();
              take(text);
            }}
          >
            <span>{visible(label)}</span> <span className="muted">{note}</span>
          </li>
        ))}
      </ul>
      <p id={`${id}help`} className="muted query-input__help">
        Words and <code>field:value</code>, with AND, OR, NOT and parentheses; OR where nothing stands between. Alerts
        search the same way with <code>QueryStringMatch</code>.
      </p>
    </div>
  );
};
