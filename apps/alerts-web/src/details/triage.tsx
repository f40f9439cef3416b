import { listSchedules } from "../api/schedule-api.ts";
import { toText } from "../shared/to-text.ts";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";

/** What the alert says about itself: what it means, and what to do. */
export const Triage = ({ classname }: { readonly classname: unknown }) => {
  const name = toText(classname);
  const { data: about } = usePolled(
    name,
    async (signal) => (await listSchedules(signal)).find((schedule) => schedule.name === name)?.about ?? null,
  );
  if (about === null || about === undefined) return null;
  const steps = about.triage === undefined ? [] : [about.triage].flat();
  return (
    <section aria-labelledby="triage-title">
      <h2 id="triage-title">What it means</h2>
      <p>{visible(about.description)}</p>
      {steps.length > 0 && (
        <>
          <h3>What to do</h3>
          <ol className="triage">
            {steps.map((step) => (
              <li key={step}>
                <label>
                  <input type="checkbox" /> {visible(step)}
                </label>
              </li>
            ))}
          </ol>
        </>
      )}
      {(about.falsePositives ?? []).length > 0 && (
        <>
          <h3>Known false positives</h3>
          <ul>
            {about.falsePositives?.map((one) => (
              <li key={one}>{visible(one)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
