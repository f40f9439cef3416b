import { createHash } from "node:crypto";
import { Html, html, prose } from "../http/html.ts";
import type { Answer, JsonSchema, OpenApiDocument, Operation } from "./openapi-document.ts";
import { schemaTable, typeText } from "./schema-table.ts";
import { REFERENCE_STYLE } from "./reference-style.ts";

/** The page allows this one stylesheet, and nothing else. */
export const REFERENCE_POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(REFERENCE_STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** In one piece: the policy names the hash of every byte in it. */
const STYLE = new Html(`<style>${REFERENCE_STYLE}</style>`);

/** A route, with each of its methods that mean the same. */
interface Described {
  readonly path: string;
  readonly methods: readonly string[];
  readonly operation: Operation;
}

/** The document as a page: routes by topic, then the shapes that they share. It needs no script. */
export const referencePage = (document: OpenApiDocument): string => {
  const routes = routesOf(document);
  const topics = document.tags.map(({ name }) => ({ name, routes: routes.filter((route) => isAbout(route, name)) }));
  const { title, version } = document.info;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>HTTP interface - ${title}</title>
        ${STYLE}
      </head>
      <body>
        <header>
          <h1>HTTP interface</h1>
          <p>${title} ${version}. The same for programs: <a href="openapi.json">openapi.json</a>.</p>
          <nav aria-label="Topics">
            <ul>
              ${topics.map(({ name }) => html`<li><a href="#${anchorOf(name)}">${name}</a></li>`)}
              <li><a href="#shapes">Shapes</a></li>
            </ul>
          </nav>
        </header>
        <main>
          ${topics.map(
            ({ name, routes: own }) =>
              html`<section aria-labelledby="${anchorOf(name)}">
                <h2 id="${anchorOf(name)}">${name}</h2>
                ${own.map(routeHtml)}
              </section>`,
          )}
          <section aria-labelledby="shapes">
            <h2 id="shapes">Shapes</h2>
            ${Object.entries(document.components.schemas).map(shapeHtml)}
          </section>
        </main>
      </body>
    </html> `.text;
};

const routesOf = ({ paths }: OpenApiDocument): readonly Described[] =>
  Object.entries(paths).flatMap(([path, operations]) => {
    const all = Object.entries(operations);
    return all
      .filter(([, { operationId }]) => !operationId.includes("."))
      .map(([, operation]) => ({
        path,
        operation,
        methods: all
          .filter(([, { operationId }]) => operationId.split(".", 1)[0] === operation.operationId)
          .map(([method]) => method.toUpperCase()),
      }));
  });

const isAbout = ({ operation }: Described, topic: string): boolean => operation.tags.includes(topic);

const anchorOf = (topic: string): string => topic.toLowerCase().replaceAll(" ", "-");

const routeHtml = ({ path, methods, operation }: Described): Html =>
  html`<article id="${operation.operationId}">
    <h3>${methods.map((method) => html`<b class="${method.toLowerCase()}">${method}</b> `)}<code>${path}</code></h3>
    <p>${prose(operation.summary)}.</p>
    <p class="needs">${operation.operationId}: ${prose(needsOf(operation))}.</p>
    ${parametersHtml(operation)}${bodyHtml(operation)}
    <details>
      <summary>Answers: ${Object.keys(operation.responses).join(", ")}</summary>
      ${Object.entries(operation.responses).map(answerHtml)}
    </details>
  </article> `;

/** The scope is the same with each way to sign in. */
const needsOf = ({ security }: Operation): string => {
  const [first] = security;
  if (first === undefined) return "for everybody";
  const scope = Object.values(first).flat()[0];
  return scope === undefined ? "for whoever has signed in" : `needs the scope \`${scope}\``;
};

const parametersHtml = ({ parameters }: Operation): Html =>
  parameters.length === 0
    ? html``
    : html`<table>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          ${parameters.map(
            ({ name, in: place, required, schema, description = schema.description ?? "" }) =>
              html`<tr>
                <td><code>${name}</code> <small>${place}${required === true ? "" : ", optional"}</small></td>
                <td>${typeText(schema)}</td>
                <td>${prose(description)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;

const bodyHtml = ({ requestBody }: Operation): Html => {
  if (requestBody === undefined) return html``;
  const types = Object.keys(requestBody.content);
  const schema = requestBody.content[types[0] ?? ""]?.schema ?? {};
  const optional = requestBody.required === true ? "" : " (may be left out)";
  return html`<h4>Body${optional}: ${types.join(", ")}</h4>
    ${Object.keys(schema).length === 0 ? html`` : schemaTable(schema)}`;
};

const answerHtml = ([status, { description, headers = {}, content = {} }]: [string, Answer]): Html =>
  html`<h4>${status}: ${description}</h4>
    ${Object.entries(headers).map(
      ([name, { description: text = "" }]) => html`<p><code>${name}</code> ${prose(text)}</p>`,
    )}${Object.values(content)
      .slice(0, 1)
      .map(({ schema }) => schemaTable(schema))}`;

const shapeHtml = ([name, schema]: [string, JsonSchema]): Html =>
  html`<article id="${name}">
    <h3>${name}</h3>
    ${schemaTable(schema)}
  </article>`;
