import { messageOf } from "@mozdef/alert";
import {
  type AlertAction,
  type AlertMessage,
  defineAction,
  type DeliveryAnswer,
  type DeliveryContext,
} from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { z } from "zod";
import { fit, textLines } from "./alert-text.ts";
import { mailHtml } from "./mail-html.ts";
import { linkLines, messageText } from "./message-text.ts";
import { hiding } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";
import { visible } from "@mozdef/query/tools";

const address = z
  .string()
  .regex(/^(?:[^\p{C}<>@",;:]{1,100} )?<?[^\s\p{C}<>@",;:]+@[\w.-]+>?$/u, "expected an address, as soc@example.org");

const schema = z
  .strictObject({
    host: z.string().regex(/^[\w.:-]{1,253}$/, "expected the name or the address of a host"),
    tls: z.enum(["starttls", "implicit", "none"]).default("starttls"),
    port: z.number().int().min(1).max(65_535).optional(),
    ca: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    from: address,
    to: z.union([address, z.array(address).min(1).max(100)]),
    ...messageShape,
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ["password"],
    message: "expected user and password, or neither",
  })
  .refine(({ tls, password }) => tls !== "none" || password === undefined, {
    path: ["tls"],
    message: "expected starttls or implicit: a password would be sent unprotected",
  });

/** The options of {@link email}. */
export interface EmailOptions extends MessageOptions {
  /** The mail server. */
  readonly host: string;
  /** `starttls`: protected from the first command on, or not at all; `implicit`: from the first byte on; `none`: never. Default `starttls`. */
  readonly tls?: "starttls" | "implicit" | "none";
  /** Default 587 with `starttls`, 465 with `implicit`, 25 with `none`. */
  readonly port?: number;
  /** The authority, as PEM, that has signed the certificate of the server. Default: those that Node.js trusts. */
  readonly ca?: string;
  /** Whom to log in as. Default: nobody logs in. */
  readonly user?: string;
  readonly password?: string;
  /** `soc@example.org` or `MozDef <soc@example.org>`. */
  readonly from: string;
  /** One or several; all are in one mail. */
  readonly to: string | readonly string[];
}

const PORTS = { starttls: 587, implicit: 465, none: 25 };

/** In characters. */
const LONGEST_SUBJECT = 200;

/**
 * Sends each alert as a mail, as text and as HTML, in which text of events is escaped. A reply of 5xx (no such recipient, a wrong password) is final;
 * 4xx and whatever goes wrong with the connection are tried again. Every attempt has the same `Message-ID`, by which mailboxes know a
 * mail that comes twice. A recipient that is rejected while others are not is logged.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://nodemailer.com/smtp
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
 *
 * @example
 * export default defineConfig({
 *   actions: { soc: email({ host: "mail.example.org", user: "mozdef", password: env("MAIL_PASSWORD"), from: "mozdef@example.org", to: "soc@example.org" }) },
 * });
 */
export const email = (options: EmailOptions): AlertAction => {
  const read = readOptions("email", schema, options);
  let transport: ReturnType<typeof transportOf> | undefined;
  const hide = hiding(read.password === undefined ? [] : [read.password]);
  return defineAction({
    kind: "email",
    ...sharedPart(read),
    send: async (message, context) => {
      try {
        transport ??= transportOf(read);
        const mailer = await transport;
        const { rejected } = await mailer.sendMail({ ...mailOf(message, read, context), signal: context.signal });
        if (rejected.length > 0)
          context.log.warn("email: some recipients were rejected", { rejected: rejected.map(String) });
        return undefined;
      } catch (cause) {
        return answerOf(cause, hide);
      }
    },
  });
};

/** Loads nodemailer at the first mail: whoever sends none does not wait for it. */
const transportOf = async ({ host, tls, port = PORTS[tls], ca, user, password }: z.output<typeof schema>) => {
  const { createTransport } = await import("nodemailer");
  return createTransport({
    host,
    port,
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    ...(ca !== undefined && { tls: { ca } }),
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

const mailOf = (message: AlertMessage, { from, to, alertUrl }: z.output<typeof schema>, context: DeliveryContext) => {
  const text = messageText(message, context, alertUrl);
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(">", "");
  return {
    from,
    to,
    subject: fit(text.title, LONGEST_SUBJECT),
    messageId: `<${createHash("sha256").update(context.key).digest("hex")}@${domain}>`,
    headers: { "Auto-Submitted": "auto-generated" },
    text: [text.title, "", ...textLines(text), ...linkLines(text).flatMap((line) => ["", line])].join("\n"),
    html: mailHtml(text),
    textEncoding: "quoted-printable" as const,
  };
};

/** What a failure means, without secrets: nodemailer shows what the server has said. */
const answerOf = (cause: unknown, hide: (text: string) => string): DeliveryAnswer => {
  const reason = visible(hide(messageOf(cause)));
  const { permanent } = cause as { readonly permanent?: boolean };
  return permanent === true ? { refused: reason } : { retry: reason };
};
