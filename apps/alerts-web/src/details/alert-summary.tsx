import { useId, useState } from "react";
import { cut } from "./cut.ts";

/** What the alert says. A long text would push everything else off the page, so it begins cut. */
export const AlertSummary = ({ text }: { readonly text: string }) => {
  const id = useId();
  const [isWhole, setIsWhole] = useState(false);
  const begin = cut(text);
  return (
    <div>
      <h1 id={id}>{isWhole ? text : (begin ?? text)}</h1>
      {begin !== undefined && (
        <button
          type="button"
          className="details__more"
          aria-expanded={isWhole}
          aria-controls={id}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? "Show less of the summary" : "Show the whole summary"}
        </button>
      )}
    </div>
  );
};
