interface ChoiceProps<Value extends string> {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [Value, string])[];
}

/** One of a few values, in a form. */
export const Choice = <Value extends string>({ id, name, label, value, choices }: ChoiceProps<Value>) => (
  <div className="field">
    <label htmlFor={id}>{label}</label>
    <select id={id} name={name} defaultValue={value}>
      {choices.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  </div>
);
