import { useId } from "react";

interface ScheduleSearchProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Words to look for among alerts. All of them are here already, so each letter counts at once. */
export const ScheduleSearch = ({ text, onChange }: ScheduleSearchProps) => {
  const id = useId();
  return (
    <div className="field field--text">
      <label htmlFor={id}>Find alerts</label>
      <input
        id={id}
        type="search"
        placeholder="Words in name, pack, severity, technique, problem…"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onChange("");
        }}
      />
    </div>
  );
};
