import { type AlertAction, type AlertMessage, defineAction, type DeliveryContext } from "@mozdef/alert/runtime";
import { hostname } from "node:os";
import { z } from "zod";
import { textLines } from "./alert-text.ts";
import { cef } from "./cef.ts";
import { fitBytes } from "./fit-bytes.ts";
import { messageText } from "./message-text.ts";
import { readOptions } from "./read-options.ts";
import { type MessageOptions, messageShape, sharedPart } from "./shared-options.ts";
import { sendDatagram, sendStream } from "./syslog-transport.ts";

/** Of a header: printable, without a space. */
const headerText = (most: number) =>
  z
    .string()
    .regex(new RegExp(String.raw`^[\x21-\x7E]{1,${most}}$`), `expected 1 to ${most} characters of ASCII, no space`);

const schema = z
  .strictObject({
    host: z.string().regex(/^[\w.:-]{1,253}$/, "expected the name or the address of a host"),
    transport: z.enum(["udp", "tcp", "tls"]).default("udp"),
    port: z.number().int().min(1).max(65_535).optional(),
    ca: z.string().min(1).optional(),
    format: z.enum(["text", "cef"]).default("text"),
    facility: z.number().int().min(0).max(23).default(16),
    appName: headerText(48).default("mozdef"),
    hostname: headerText(255).optional(),
    mostBytes: z.number().int().min(1_024).max(65_000).optional(),
    ...messageShape,
  })
  .refine(({ ca, transport }) => ca === undefined || transport === "tls", {
    path: ["ca"],
    message: "expected transport tls with it",
  });

/** The options of {@link syslog}. */
export interface SyslogOptions extends MessageOptions {
  /** The server. */
  readonly host: string;
  /** `udp`, of which nobody knows whether it arrives; `tcp`; `tls`. Default `udp`. */
  readonly transport?: "udp" | "tcp" | "tls";
  /** Default 514 with `udp`, 601 with `tcp`, 6514 with `tls`. */
  readonly port?: number;
  /** The authority, as PEM, that has signed the certificate of the server, with `tls`. Default: those that Node.js trusts. */
  readonly ca?: string;
  /** A line of text, or the Common Event Format. Default `text`. */
  readonly format?: "text" | "cef";
  /** From 0 to 23. Default 16, which is `local0`. */
  readonly facility?: number;
  /** Default `mozdef`. */
  readonly appName?: string;
  /** Default: that of the machine. */
  readonly hostname?: string;
  /** The longest message in bytes; what is more is left out. Default 2,048 with `udp`, 8,192 otherwise. */
  readonly mostBytes?: number;
}

const PORTS = { udp: 514, tcp: 601, tls: 6_514 };

const MOST_BYTES = { udp: 2_048, tcp: 8_192, tls: 8_192 };

const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ["CRITICAL", 2],
  ["ERROR", 3],
  ["WARNING", 4],
  ["NOTICE", 5],
  ["INFO", 6],
  ["DEBUG", 7],
]);

/** What is no severity of syslog: a notice. */
const NOTICE = 5;

/**
 * Sends each alert as a message of syslog (RFC 5424), as text or in the Common Event Format. Over TCP and TLS a message begins with its length (RFC 6587, RFC 5425),
 * so that nothing in it begins another; what cannot be sent is tried again. Syslog has no answers: that a message was sent does not say that it is kept.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see https://www.rfc-editor.org/rfc/rfc5424
 * @see https://www.rfc-editor.org/rfc/rfc5425
 *
 * @example
 * export default defineConfig({ actions: { siem: syslog({ host: "siem.example.org", transport: "tls", format: "cef" }) } });
 */
export const syslog = (options: SyslogOptions): AlertAction => {
  const read = readOptions("syslog", schema, options);
  const { host, transport, ca, port = PORTS[transport] } = read;
  return defineAction({
    kind: "syslog",
    ...sharedPart(read),
    send: async (message, context) => {
      const line = lineOf(read, message, context);
      if (transport === "udp") await sendDatagram({ host, port }, line, context.signal);
      else await sendStream({ host, port, isTls: transport === "tls", ca }, line, context.signal);
      return undefined;
    },
  });
};

const lineOf = (read: z.output<typeof schema>, message: AlertMessage, context: DeliveryContext): string => {
  const { transport, format, facility, appName, mostBytes = MOST_BYTES[transport] } = read;
  const text = messageText(message, context, read.alertUrl);
  const priority = facility * 8 + (SEVERITIES.get(text.severity) ?? NOTICE);
  const host = read.hostname ?? asciiName(hostname());
  const header = `<${priority}>1 ${context.now.toISOString()} ${host} ${appName} ${process.pid} ${context.event} - `;
  const room = mostBytes - header.length;
  if (format === "cef") return header + cef(message, text, context, room);
  const parts = [text.title, `Id: ${message._id}`, ...textLines(text), ...(text.link === undefined ? [] : [text.link])];
  return header + fitBytes(parts.join("; "), room);
};

/** A name of a machine that a header can have. */
const asciiName = (name: string): string => name.replaceAll(/[^\x21-\x7E]/g, "_").slice(0, 255) || "-";
