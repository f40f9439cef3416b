const KEYS: readonly (readonly [string, string])[] = [
  ["j", "next alert"],
  ["k", "alert before"],
  ["Enter", "open it"],
  ["x", "choose it, or not"],
  ["a", "acknowledge the chosen ones, or this one"],
  ["e", "escalate the chosen ones, or this one"],
  ["/", "look for words"],
  ["?", "show or hide this"],
];

/** For those who may handle alerts. */
const CHANGING = new Set(["x", "a", "e"]);

/** What the keys of the list do. */
export const ShortcutHelp = ({ mayHandle }: { readonly mayHandle: boolean }) => (
  <section className="shortcuts" aria-label="Keys">
    <dl>
      {KEYS.filter(([key]) => mayHandle || !CHANGING.has(key)).map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
);
