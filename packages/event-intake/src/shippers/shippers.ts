import type { Shipper } from "../event/parser.ts";
import { cloudwatchLogs } from "./cloudwatch-logs.ts";
import { ecsShipper } from "./ecs.ts";
import { fluentBit, fluentd, fluentTail } from "./fluent.ts";
import { fluentWeb } from "./fluent-web.ts";
import { gelf } from "./gelf.ts";
import { journald } from "./journald.ts";
import { logstash } from "./logstash.ts";
import { mozdefShipper } from "./mozdef.ts";
import { nxlog } from "./nxlog.ts";
import { otlp } from "./otlp.ts";
import { rsyslog } from "./rsyslog.ts";
import { splunkHec } from "./splunk-hec.ts";
import { syslogNg } from "./syslog-ng.ts";
import { vector } from "./vector.ts";

/** In the order in which they are asked: those that are known by names that nobody else uses first, any JSON last. */
export const SHIPPERS: readonly Shipper[] = [
  otlp,
  cloudwatchLogs,
  syslogNg,
  journald,
  rsyslog,
  nxlog,
  ecsShipper,
  logstash,
  vector,
  fluentBit,
  fluentd,
  fluentTail,
  fluentWeb,
  gelf,
  splunkHec,
  mozdefShipper,
];
