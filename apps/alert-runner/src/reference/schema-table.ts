import { type Html, html, prose } from "../http/html.ts";
import type { JsonSchema } from "./openapi-document.ts";

/** A field of a body: where it is, what it may be. */
interface Row {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

/** A schema as a table of its fields, those of inner objects below them; one line for what has no fields. */
export const schemaTable = (schema: JsonSchema): Html => {
  const rows = rowsOf(schema, "");
  if (rows.length === 0) return html`<p>${typeText(schema)}${described(schema)}</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Type</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(rowHtml)}
    </tbody>
  </table>`;
};

const rowHtml = ({ name, schema, isRequired }: Row): Html =>
  html`<tr>
    <td><code>${name}</code>${isRequired ? "" : html` <small>optional</small>`}</td>
    <td>${typeText(schema)}</td>
    <td>${described(schema)}</td>
  </tr>`;

/** @param above - What the names of fields begin with: `store.`, `alerts[].`. */
const rowsOf = (schema: JsonSchema, above: string): readonly Row[] => {
  const inner = optionsOf(schema);
  if (inner.length > 0) return inner.flatMap((each) => rowsOf(each, above));
  if (schema.items !== undefined && above !== "") return rowsOf(schema.items, `${above.slice(0, -1)}[].`);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    { name: `${above}${name}`, schema: field, isRequired: schema.required?.includes(name) === true },
    ...rowsOf(field, `${above}${name}.`),
  ]);
};

const optionsOf = ({ anyOf = [], oneOf = [], allOf = [] }: JsonSchema): readonly JsonSchema[] => [
  ...anyOf,
  ...oneOf,
  ...allOf,
];

const described = ({ description }: JsonSchema): Html =>
  description === undefined ? html`` : html` ${prose(description)}`;

/** A type in one line: `string | null`, `list of AlertListItem`, `integer, 0 to 500, default 25`. */
export const typeText = (schema: JsonSchema): Html => {
  const options = optionsOf(schema);
  if (schema.$ref !== undefined) return reference(schema.$ref);
  if (options.length > 0) return joined(options.map(typeText), html` | `);
  if (schema.enum !== undefined) return joined(schema.enum.map(literal), html` | `);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.items !== undefined) return html`list of ${typeText(schema.items)}`;
  const { additionalProperties: values } = schema;
  if (typeof values === "object" && Object.keys(values).length > 0) return html`object of ${typeText(values)}`;
  return html`${[nameOfType(schema.type), boundsOf(schema), presetOf(schema)].filter((part) => part !== "").join(", ")}`;
};

const reference = (ref: string): Html => {
  const name = ref.split("/").at(-1) ?? "";
  return html`<a href="#${name}">${name}</a>`;
};

const literal = (value: unknown): Html => html`<code>${JSON.stringify(value)}</code>`;

const joined = (parts: readonly Html[], between: Html): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html`${between}${part}`))}`;

const nameOfType = (type: JsonSchema["type"]): string => (type === undefined ? "anything" : [type].flat().join(" | "));

/** Bounds that somebody has chosen: those of whole numbers as such are known. */
const boundsOf = ({ minimum, maximum, minLength, maxLength }: JsonSchema): string => {
  const [least, most] = [minimum ?? minLength, maximum ?? maxLength].map((bound) =>
    bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound,
  );
  const unit = minLength === undefined && maxLength === undefined ? "" : " characters";
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (most !== undefined) return `at most ${most}${unit}`;
  return least === undefined ? "" : `at least ${least}${unit}`;
};

const presetOf = ({ default: preset }: JsonSchema): string =>
  preset === undefined ? "" : `default ${JSON.stringify(preset)}`;
