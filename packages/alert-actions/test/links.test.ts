import { splunkHec, webhook } from "@mozdef/alert-actions";
import type { AlertAction, DeliveryContext } from "@mozdef/alert/runtime";

import { describe, expect, it } from "vitest";
import { mailHtml } from "../src/mail-html.ts";
import { messageText } from "../src/message-text.ts";
import { messageValues } from "../src/message-values.ts";
import { divertTo, message, NOW, openReceiver, send } from "./receiver.ts";
import { CHATS } from "./senders.ts";

const links = {
  alert: "https://mozdef.example.org/alerts/abc",
  acknowledge: "https://mozdef.example.org/acknowledge/abc?target=soc&until=1773745200&signature=abc_-1",
};

/** As whoever reads the message gets it: Slack's markup has a character of its own for `&`. */
const shown = (body: string): string => body.replaceAll("&amp;", "&");

describe.each(CHATS)("$name", ({ make }) => {
  const sent = async (context: object, more: object = {}): Promise<string> => {
    const { received, url } = await openReceiver();
    await send(make(more), { fetch: divertTo(url).fetch, ...context });
    return shown(received.map(({ body }) => body).join(""));
  };

  it("leads to the alert, and to taking care of it", async () => {
    const body = await sent({ links });
    expect(body).toContain(links.alert);
    expect(body).toContain(links.acknowledge);
  });

  it("leads where its option says", async () => {
    const body = await sent({ links }, { alertUrl: "https://soc.example.org/a" });
    expect(body).toContain("https://soc.example.org/a/abc");
    expect(body).not.toContain(links.alert);
  });

  it("leads to nothing that is done already", async () => {
    const body = await sent({ links, event: "acknowledge", by: "ana" });
    expect(body).toContain(links.alert);
    expect(body).not.toContain("/acknowledge/");
  });

  it("leads nowhere where nobody knows an address", async () => {
    expect(await sent({})).not.toContain("https://mozdef");
  });
});

const silent = (): undefined => undefined;

const context: DeliveryContext = {
  ...{ now: NOW, key: "k", attempt: 1, by: null, group: null, alerts: [message()], links },
  event: "trigger",
  ...{ signal: new AbortController().signal, fetch },
  log: { debug: silent, info: silent, warn: silent, error: silent },
};

it("is in what a webhook sends, and in nothing that is kept", async () => {
  const bodyOf = async (action: AlertAction): Promise<unknown> => {
    const { received, url } = await openReceiver();
    await send(action, { links, fetch: divertTo(url).fetch });
    return received[0]?.body;
  };
  expect(JSON.parse(String(await bodyOf(webhook({ url: "http://127.0.0.1/hook" }))))).toMatchObject({ links });
  expect(await bodyOf(splunkHec({ url: "http://127.0.0.1", token: "abc" }))).not.toContain("acknowledge/");
});

it("is in mails as a link that is escaped", () => {
  expect(mailHtml(messageText(message(), context, undefined))).toContain(
    `<p><a href="${links.acknowledge.replaceAll("&", "&amp;")}">Acknowledge</a></p>`,
  );
});

it("is a value for templates, null where there is none", () => {
  expect(messageValues(message(), context, undefined).get("acknowledgeLink")).toBe(links.acknowledge);
  expect(messageValues(message(), { ...context, links: undefined }, undefined).get("acknowledgeLink")).toBeNull();
});
