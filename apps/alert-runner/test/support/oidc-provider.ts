import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { vi } from "vitest";

/** A certified OpenID provider on loopback, with a user of each name and the groups that follow it: `ann,soc,staff`. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly close: () => Promise<void>;
}

export const startProvider = async (redirectUrl: string): Promise<TestProvider> => {
  const client = { clientId: "mozdef", clientSecret: "a-secret-of-the-client" };
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // That it is for trying out only.
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUrl] },
        ...{ response_types: ["code"], grant_types: ["authorization_code"] },
      },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email", "email_verified"] },
    pkce: { required: () => true },
    cookies: { keys: ["a-key-of-tests"] },
    findAccount: (_context, id) => {
      const [name = "", ...groups] = id.split(",");
      const claims = { sub: id, preferred_username: name, groups, email: `${name}@example.org`, email_verified: false };
      return { accountId: id, claims: () => claims };
    },
  });
  warned.mockRestore();
  const handle = provider.callback();
  server.on("request", (request, response) => void handle(request, response));
  return {
    ...{ issuer, ...client },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

/** A browser without pages: keeps cookies by host, as browsers do, and follows one redirect at a time. */
export const createWalker = (send: (url: string, init: RequestInit) => Promise<Response> = fetch) => {
  const cookies = new Map<string, string>();
  const visit = async (
    url: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; location: string; text: string }> => {
    const response = await send(url, {
      method: form === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("location");
    return {
      status: response.status,
      location: location === null ? "" : new URL(location, url).href,
      text: await response.text(),
    };
  };
  /** Signs in at the provider as an account, agrees, and goes on up to an address. */
  const signIn = async (start: string, account: string, end: string): Promise<string> => {
    let at = start;
    for (let step = 0; step < 12 && !at.startsWith(end); step += 1) {
      const { location, text } = await visit(at);
      if (location !== "") {
        at = location;
        continue;
      }
      const prompt = text.includes('name="login"') ? "login" : "consent";
      at = (await visit(at, { prompt, ...(prompt === "login" && { login: account, password: "any" }) })).location;
    }
    return at;
  };
  return { visit, signIn, cookies };
};
