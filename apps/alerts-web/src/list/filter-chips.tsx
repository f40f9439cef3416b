import { zonedTime } from "../shared/format-time.ts";
import { statusLabel } from "../shared/status.ts";
import { visible } from "../shared/visible.ts";
import { type Choice, CHOICES, type Filters, toggled } from "./filters.ts";

interface FilterChipsProps {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
}

const LABELS: Readonly<Record<Choice, string>> = {
  severity: "severity",
  category: "category",
  status: "status",
  classname: "alert",
  assignee: "assigned to",
  tag: "tag",
  entity: "about",
  closereason: "closed as",
};

interface Chip {
  readonly text: string;
  readonly without: Partial<Filters>;
}

/** What narrows the list, each with a way to take it off. */
export const FilterChips = ({ filters, onChange }: FilterChipsProps) => {
  const chips = chipsOf(filters);
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filters in use">
      {chips.map(({ text, without }) => (
        <li key={text}>
          <button type="button" className="chip" aria-label={`Remove filter ${text}`} onClick={() => onChange(without)}>
            {text} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

const chipsOf = (filters: Filters): readonly Chip[] => [
  ...CHOICES.flatMap((name) =>
    filters[name].map((value) => ({
      text: `${LABELS[name]}: ${name === "status" ? statusLabel(value) : visible(value)}`,
      without: { [name]: toggled(filters[name], value) },
    })),
  ),
  ...(filters.open === "false" ? [{ text: "closed", without: { open: "" } }] : []),
  ...ackChips(filters),
  ...(filters.since === "" ? [] : [{ text: `from ${zonedTime(filters.since)}`, without: { since: "" } }]),
  ...(filters.until === "" ? [] : [{ text: `until ${zonedTime(filters.until)}`, without: { until: "" } }]),
];

const ackChips = ({ acknowledged }: Filters): readonly Chip[] =>
  acknowledged === ""
    ? []
    : [{ text: acknowledged === "true" ? "acknowledged" : "not acknowledged", without: { acknowledged: "" } }];
