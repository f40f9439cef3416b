import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";

interface TextFilterProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const SETTLE_MS = 300;

/** Words to look for. Searches when typing pauses or on Enter; Escape clears. */
export const TextFilter = ({ value, onChange }: TextFilterProps) => {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    // The address changed from elsewhere: a reset, or "back".
    setSeen(value);
    setDraft(value);
  }

  const apply = useEffectEvent((text: string) => {
    if (text !== value) onChange(text);
  });
  useEffect(() => {
    const timer = setTimeout(() => apply(draft.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && draft.trim() !== value) onChange(draft.trim());
    if (event.key === "Escape") setDraft("");
  };

  return (
    <div className="field field--text">
      <label htmlFor={id}>Text</label>
      <input
        id={id}
        type="search"
        placeholder="Words in summary, category, tags…"
        autoComplete="off"
        spellCheck={false}
        maxLength={1000}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
};
