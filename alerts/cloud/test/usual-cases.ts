import type { FiringCase, SilentCase } from "@mozdef/alert-testing";
import { at, repeat } from "@mozdef/alert-testing/vitest";

/** Who calls in tests. */
export const WHO = "arn:aws:iam::123456789012:user/mallory";

/** What every event of a suite is, unless it says otherwise. */
export const CALL = {
  category: "AwsApiCall",
  source: "cloudtrail",
  hostname: "service.amazonaws.com",
  details: {
    recipientaccountid: "123456789012",
    useridentity: { type: "IAMUser", arn: WHO, accountid: "123456789012", username: "mallory" },
    sourceipaddress: "192.0.2.7",
  },
};

/** An event, as far as tests name it. */
type CallEvent = Readonly<Record<"details", Readonly<Record<string, unknown>>>>;

/** A call with parameters. */
export const called = (eventname: string, requestparameters: object | null = null, more: object = {}): CallEvent => ({
  details: { eventname, requestparameters, ...more },
});

/** A call with parameters as MozDef's worker stores them. */
export const calledByWorker = (eventname: string, requestparameters: object, more: object = {}): CallEvent =>
  called(eventname, { raw_value: JSON.stringify(requestparameters) }, more);

/** `{headline}: {texts} by {caller} from {address}`. */
export const summaryFor =
  (headline: string) =>
  (texts: string, who = WHO, from = "192.0.2.7"): string =>
    `${headline}: ${texts} by ${who} from ${from}`;

/** What every alert for calls has in common, shown by one call that fires it. */
export interface Usual {
  readonly headline: string;
  /** A call that fires it. */
  readonly event: CallEvent;
  /** What the summary says of it, and when it was refused. */
  readonly text: string;
  readonly refused: string;
}

const OTHER = "arn:aws:sts::123456789012:assumed-role/ops/eve";
const by = (event: CallEvent, arn: string | null): CallEvent => ({
  details: { ...event.details, useridentity: { ...CALL.details.useridentity, arn } },
});
const failed = (event: CallEvent, errorcode: string): CallEvent => ({ details: { ...event.details, errorcode } });

/** Firing cases: window, callers, samples, refusals. */
export const usualFires = ({
  headline,
  event,
  text,
  refused,
}: Usual): readonly FiringCase<{ expected_callers: string[] }>[] => {
  const summaryOf = summaryFor(headline);
  return [
    { name: "exactly half an hour old, the edge", events: at("-30m").once(event), alert: { summary: summaryOf(text) } },
    {
      name: "two callers, each with an alert",
      events: [event, { ...by(event, OTHER), hostname: "other.amazonaws.com" }],
      alerts: [{ summary: summaryOf(text) }, { summary: summaryOf(text, OTHER) }],
    },
    {
      name: "eleven calls through several services are one alert, which carries ten",
      events: at("-60s").every("1s", 11, (position) => ({ ...event, hostname: `s${position}.amazonaws.com` })),
      alert: { summary: summaryOf(text) },
      embeds: 10,
    },
    ...["AccessDenied", "Client.UnauthorizedOperation", "AccessDeniedException"].map((code) => ({
      name: `a call that was refused with ${code}`,
      events: [failed(event, code)],
      alert: { summary: summaryOf(refused), severity: "NOTICE", notify_mozdefbot: false },
    })),
    {
      name: "a call that was refused, as older events say it",
      events: [{ ...event, errorcode: "AccessDenied" }],
      alert: { summary: summaryOf(refused), severity: "NOTICE", notify_mozdefbot: false },
    },
    {
      name: "a call that worked and one that was refused",
      events: [event, failed(event, "AccessDenied")],
      alert: { summary: summaryOf(`${text}, ${refused}`) },
    },
    {
      name: "a call by a service of AWS, and one from nowhere",
      events: [
        { details: { ...event.details, sourceipaddress: null, source: "cloudformation.amazonaws.com" } },
        { details: { ...by(event, OTHER).details, sourceipaddress: null } },
      ],
      alerts: [
        { summary: summaryOf(text, WHO, "cloudformation.amazonaws.com") },
        { summary: summaryOf(text, OTHER, "an unknown address") },
      ],
    },
  ];
};

/** Silent cases: window, source, call, errors, callers that are expected. */
export const usualSilent = ({ event }: Usual): readonly SilentCase<{ expected_callers: string[] }>[] => [
  { name: "a second older than the window", events: at("-30m1s").once(event) },
  { name: "another source", events: [{ ...event, source: "guardduty" }] },
  { name: "another call", events: repeat(2, { details: { ...event.details, eventname: "DescribeRegions" } }) },
  { name: "a call that failed for another reason", events: [failed(event, "ValidationException")] },
  { name: "a caller that is not named", events: [by(event, null)] },
  { name: "a caller that is expected", config: { expected_callers: ["arn:aws:iam::*:user/mal*"] }, events: [event] },
];

/** Hooks look up what a call means by its name, so that one of another name means nothing. */
export const BY_NAME = {
  mutant: /^drop must TermsMatch\("details\.eventname"/,
  reason: "What a call means is looked up by its name: other calls mean nothing.",
};
