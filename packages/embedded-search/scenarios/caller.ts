/** A request as both stores take it. */
export interface Call {
  readonly method: string;
  /** Path with query string, encoded. */
  readonly path: string;
  readonly body: string | undefined;
  readonly contentType: string;
}

/** A store that answers requests: status and text. */
export type Caller = (call: Call) => Promise<{ readonly status: number; readonly body: string }>;

/** Calls a real server. */
export const serverCaller =
  (url: string): Caller =>
  async ({ method, path, body, contentType }) => {
    // To fetch an empty body is the same as none, but servers distinguish the two by length.
    const content = body === undefined ? {} : { body, headers: { "content-type": contentType } };
    const response =
      method === "GET" && body !== undefined
        ? await getWithBody(url + path, body, contentType)
        : await fetch(url + path, { method, ...content });
    return { status: response.status, body: await response.text() };
  };

/** `fetch` has no GET with a body; to Elasticsearch POST is the same for every API that takes one. */
const getWithBody = (url: string, body: string, contentType: string): Promise<Response> =>
  fetch(url, { method: "POST", body, headers: { "content-type": contentType } });

/** The part of the embedded store that scenarios need. */
export interface Handler {
  handle(request: {
    method: string;
    path: string;
    querystring: string;
    headers: Record<string, string>;
    body?: string;
  }): Promise<{ statusCode: number; body?: string | Buffer | null | undefined }>;
}

/** Calls an embedded store. */
export const embeddedCaller =
  (store: Handler): Caller =>
  async ({ method, path, body, contentType }) => {
    const [name = "", querystring = ""] = path.split("?", 2);
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": contentType };
    const request = { method, path: name, querystring, headers, ...(body === undefined ? {} : { body }) };
    const answer = await store.handle(request);
    return { status: answer.statusCode, body: answer.body?.toString() ?? "" };
  };
