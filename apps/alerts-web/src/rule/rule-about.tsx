import type { Schedule } from "@mozdef/alert-api";
import { safeLink } from "../shared/safe-link.ts";
import { visible } from "../shared/visible.ts";

/** What the rule detects and what to do when it fires, in its own words. */
export const RuleAbout = ({ about }: Pick<Schedule, "about">) => (
  <section aria-labelledby="about-title">
    <h2 id="about-title">What it detects</h2>
    {about === null ? (
      <p className="muted">It does not say. Its author can, with “about”.</p>
    ) : (
      <>
        <p>{visible(about.description)}</p>
        <TextList title="What to do" texts={[about.triage ?? []].flat()} isOrdered />
        <TextList title="Known false positives" texts={about.falsePositives ?? []} />
        <TextList title="Techniques of MITRE ATT&CK" texts={about.attack ?? []} addressOf={techniqueAddress} />
        <TextList title="References" texts={about.references ?? []} addressOf={safeLink} />
        <TextList title="Replaces" texts={about.replaces ?? []} />
      </>
    )}
  </section>
);

/** `T1110.001` has its page at `T1110/001`. */
const techniqueAddress = (technique: string): string | undefined =>
  /^T\d{4}(\.\d{3})?$/.test(technique)
    ? `https://attack.mitre.org/techniques/${technique.replace(".", "/")}/`
    : undefined;

interface TextListProps {
  readonly title: string;
  readonly texts: readonly string[];
  readonly isOrdered?: boolean;
  /** Where a text leads. Default: nowhere. */
  readonly addressOf?: (text: string) => string | undefined;
}

const TextList = ({ title, texts, isOrdered = false, addressOf = () => undefined }: TextListProps) => {
  if (texts.length === 0) return null;
  const items = texts.map((text) => (
    <li key={text}>
      <MaybeLink text={text} href={addressOf(text)} />
    </li>
  ));
  return (
    <>
      <h3>{title}</h3>
      {isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>}
    </>
  );
};

const MaybeLink = ({ text, href }: { readonly text: string; readonly href: string | undefined }) =>
  href === undefined ? (
    visible(text)
  ) : (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {visible(text)}
    </a>
  );
