import { type AlertAction, type AlertMessage, defineAction, type DeliveryAnswer } from "@mozdef/alert/runtime";
import { BlockList, isIP, isIPv6 } from "node:net";
import { z } from "zod";
import { plain } from "./alert-text.ts";
import { postJson } from "./post-json.ts";
import { readOptions } from "./read-options.ts";
import { baseAddress, credential, type SharedOptions, sharedPart, sharedShape } from "./shared-options.ts";

const network = z.string().refine((text) => networkOf(text) !== null, "expected a network, as 10.0.0.0/8");

const schema = z
  .strictObject({
    url: baseAddress,
    token: credential.optional(),
    duration: z
      .string()
      .regex(/^\d{1,5}[a-z]{1,10}$/, "expected a duration, as 1d")
      .default("1d"),
    comment: z.string().max(500).default("Automatic Block"),
    userId: z.string().min(1).max(100).default("MozDef"),
    never: z.array(network).default([]),
    ...sharedShape,
    registration: sharedShape.registration.default(["alertbruteforcessh"]),
  })
  .refine(({ events = [] }) => events.every((event) => event === "trigger"), {
    path: ["events"],
    message: "expected trigger only: a block ends when its duration is over",
  });

/** The options of {@link blockIp}. */
export interface BlockIpOptions extends SharedOptions {
  /** Where the REST API that blocks addresses is; requests go to `/blockip` below it. */
  readonly url: string;
  /** A JSON Web Token, sent as bearer. Default: none. */
  readonly token?: string;
  /** Default `1d`. */
  readonly duration?: string;
  /** Default `Automatic Block`. */
  readonly comment?: string;
  /** Default `MozDef`. */
  readonly userId?: string;
  /** Networks of which no address is blocked: `["10.0.0.0/8", "2001:db8::/32"]`. Default: none. */
  readonly never?: readonly string[];
  /** Which alerts block. Default `["alertbruteforcessh"]`. */
  readonly registration?: string | readonly string[];
}

/**
 * Has the address in `details.sourceipaddress` of each alert blocked: POST `/blockip`, with a list of one-key objects as MozDef's REST API reads it. An alert without an
 * address, or with one of `never`, blocks nothing: it is refused, and says why.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 * @see MozDef `alerts/actions/block_ip.py`; unlike it, an address of IPv6 is one address (`/128`), not a network.
 *
 * @example
 * export default defineConfig({ actions: { block: blockIp({ url: "https://mozdef-api.example.org", token: env("MOZDEF_API_TOKEN"), never: ["10.0.0.0/8"] }) } });
 */
export const blockIp = (options: BlockIpOptions): AlertAction => {
  const read = readOptions("blockIp", schema, options);
  const { url, token } = read;
  const never = new BlockList();
  for (const [address, prefix, family] of read.never.map(networkOf).filter((one) => one !== null))
    never.addSubnet(address, prefix, family);
  return defineAction({
    kind: "blockIp",
    ...sharedPart(read),
    send: async (_, context) => {
      const answers: DeliveryAnswer[] = [];
      for (const message of context.alerts) {
        const address = addressOf(message, never);
        if (typeof address !== "string") answers.push(address);
        else {
          const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
          const secrets = token === undefined ? [] : [token];
          answers.push(
            await postJson({ url: `${url}/blockip`, headers, body: bodyOf(address, read), secrets }, context),
          );
        }
      }
      // What may still succeed is tried again; to block an address twice changes nothing.
      return answers.find((answer) => answer !== undefined && "retry" in answer) ?? answers.find((answer) => answer);
    },
  });
};

/** An address with the length of its prefix, or why it is not blocked. */
const addressOf = ({ _source: { details } }: AlertMessage, never: BlockList): string | DeliveryAnswer => {
  const address =
    details !== undefined && Object.hasOwn(details, "sourceipaddress") ? details.sourceipaddress : undefined;
  if (typeof address !== "string" || isIP(address) === 0 || address.includes("%")) {
    const received = typeof address === "string" ? JSON.stringify(plain(address.slice(0, 100))) : typeof address;
    return { refused: `nothing was blocked: expected an IP address in details.sourceipaddress, received ${received}` };
  }
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  if (never.check(address, family)) return { refused: `nothing was blocked: ${address} is in a network of never` };
  return `${address}/${family === "ipv6" ? 128 : 32}`;
};

const bodyOf = (ipaddress: string, { duration, comment, userId }: z.output<typeof schema>): object => [
  ...[{ ipaddress }, { duration }, { comment }, { referenceid: "" }],
  ...[{ IPBlockList: true }, { userid: userId }],
];

const networkOf = (text: string): readonly [address: string, prefix: number, family: "ipv4" | "ipv6"] | null => {
  const [, address = "", digits = ""] = /^([\da-f.:]{2,45})\/(\d{1,3})$/i.exec(text) ?? [];
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  const prefix = Number(digits);
  return isIP(address) !== 0 && prefix <= (family === "ipv6" ? 128 : 32) ? [address, prefix, family] : null;
};
