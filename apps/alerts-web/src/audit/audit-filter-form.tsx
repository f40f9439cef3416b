import { type SubmitEvent, useId } from "react";
import { navigate } from "../routing/location.ts";
import { pageOf } from "../routing/pages.ts";
import { inputTime, timeOfInput } from "../shared/format-time.ts";
import { textOf } from "../shared/form-text.ts";
import { Link } from "../shared/link.tsx";
import { withZone } from "../shared/time-zone.ts";
import { visible } from "../shared/visible.ts";
import { type AuditFilters, formatAuditFilters, OUTCOMES } from "./audit-filters.ts";

interface AuditFilterFormProps {
  readonly filters: AuditFilters;
  /** What to choose from: what was seen so far. */
  readonly people: readonly string[];
  readonly actions: readonly string[];
}

/** Narrows the log. What is chosen goes into the address. */
export const AuditFilterForm = ({ filters, people, actions }: AuditFilterFormProps) => {
  const id = useId();
  const show = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    navigate(auditAddress(filtersOf(form)));
  };
  return (
    <form className="admin-form panel" onSubmit={show} aria-label="Filters">
      <Suggested id={`${id}-by`} name="by" label="Who" value={filters.by} values={people} />
      <Suggested id={`${id}-action`} name="action" label="Action" value={filters.action} values={actions} />
      <div className="field">
        <label htmlFor={`${id}-outcome`}>Outcome</label>
        <select id={`${id}-outcome`} name="outcome" defaultValue={filters.outcome}>
          <option value="">Any</option>
          {OUTCOMES.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Time id={`${id}-since`} name="since" label={withZone("From")} value={filters.since} />
      <Time id={`${id}-until`} name="until" label={withZone("Until")} value={filters.until} />
      <div className="admin-form__actions">
        <button type="submit">Show</button>
        {formatAuditFilters(filters) !== "" && <Link href={pageOf("audit").address}>All entries</Link>}
      </div>
    </form>
  );
};

/** The address of the log with filters. */
export const auditAddress = (filters: AuditFilters): string => {
  const search = formatAuditFilters(filters);
  return search === "" ? pageOf("audit").address : `${pageOf("audit").address}?${search}`;
};

const filtersOf = (form: FormData): AuditFilters => ({
  by: textOf(form, "by").trim(),
  action: textOf(form, "action").trim(),
  outcome: textOf(form, "outcome"),
  since: timeOfInput(textOf(form, "since")),
  until: timeOfInput(textOf(form, "until")),
});

interface InputProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

const Suggested = ({ id, name, label, value, values }: InputProps & { readonly values: readonly string[] }) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input
      id={id}
      name={name}
      type="text"
      list={`${id}-values`}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      defaultValue={value}
    />
    <datalist id={`${id}-values`}>
      {values.map((each) => (
        <option key={each} value={each}>
          {visible(each)}
        </option>
      ))}
    </datalist>
  </div>
);

const Time = ({ id, name, label, value }: InputProps) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <input id={id} name={name} type="datetime-local" step={1} defaultValue={inputTime(value)} />
  </div>
);
