/** What a name of a user or a token may be made of, as the service says it. */
const NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._@\\-]{0,99}";
const NAME_HINT = "Letters, digits, '.', '_', '@' and '-'";

/** The name of a new user or token. */
export const NameField = ({ id }: { readonly id: string }) => (
  <div className="field">
    <label htmlFor={id}>Name</label>
    <input
      id={id}
      name="name"
      type="text"
      autoComplete="off"
      spellCheck={false}
      pattern={NAME_PATTERN}
      title={NAME_HINT}
      required
    />
  </div>
);
