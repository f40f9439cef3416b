/** Shown when nothing passes the filters. */
export const NothingFound = ({ onReset }: { readonly onReset: () => void }) => (
  <div className="notice">
    <p>No alert matches these filters. New ones will appear here by themselves.</p>
    <button type="button" onClick={onReset}>
      Show all alerts
    </button>
  </div>
);
