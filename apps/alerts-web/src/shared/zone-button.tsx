import { chooseTimeZone, useTimeZone } from "./time-zone.ts";

/** Changes the zone in which times are shown. It reads as the zone they are in, or, where it is wordy, as what it does. */
export const ZoneButton = ({ isWordy = false }: { readonly isWordy?: boolean }) => {
  const isUtc = useTimeZone() === "UTC";
  const does = isUtc ? "Show times in local time" : "Show times in UTC";
  const zone = isUtc ? "UTC" : "Local";
  return (
    <button
      type="button"
      className="zone-button"
      {...(!isWordy && { "aria-label": `${zone}: ${does}`, title: does })}
      onClick={() => chooseTimeZone(isUtc ? "local" : "UTC")}
    >
      {isWordy ? does : zone}
    </button>
  );
};
