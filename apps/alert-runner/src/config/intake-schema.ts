import { z } from "zod";

const port = z.number().int().min(0).max(65_535);

/** Of each, PEM text or the path of a file, relative to the configuration file. */
const tls = z.strictObject({
  port,
  cert: z.string().min(1),
  key: z.string().min(1),
  /** The authority that has to have signed the certificate of a sender. Default: senders need none. */
  ca: z.string().min(1).optional(),
});

const syslog = z.strictObject({
  /** Address to listen on. Default: `listen.host`. */
  host: z.string().min(1).optional(),
  /** Each of the ports is off unless it is given; 0 takes any that is free. */
  udp: port.optional(),
  tcp: port.optional(),
  tls: tls.optional(),
  /**
   * Minutes that senders whose times name no zone are ahead of UTC, e.g. 60 in Berlin in winter. Default 0. RFC 3164 has no zone;
   * senders of RFC 5424 say theirs.
   */
  zoneMinutes: z
    .number()
    .int()
    .min(-14 * 60)
    .max(14 * 60)
    .default(0),
});

/** Ways in for events beside HTTP, all off by default. */
export const intakeSchema = z.strictObject({ syslog: syslog.prefault({}) });

export type SyslogConfig = z.output<typeof syslog>;
