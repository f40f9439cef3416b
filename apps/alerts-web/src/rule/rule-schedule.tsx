import type { ScheduleDetails } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { useState } from "react";
import { changeSchedule } from "../api/schedule-api.ts";
import { readUserName } from "../shared/user-name.ts";
import { ScheduleForm } from "./schedule-form.tsx";
import { SlotList } from "./slot-list.tsx";

const ORIGINS: Readonly<Record<ScheduleDetails["origins"]["schedule"], string>> = {
  people: "somebody has set it here",
  configuration: "from the configuration of the service",
  pack: "from the pack",
};

interface RuleScheduleProps {
  readonly details: ScheduleDetails;
  readonly onSettled: (error?: Error) => void;
}

/** When the rule runs, and a way to change that. */
export const RuleSchedule = ({ details, onSettled }: RuleScheduleProps) => {
  const { schedule, upcoming, origins, fields } = details;
  const [isOpen, setOpen] = useState(false);
  const save = (change: Pick<Parameters<typeof changeSchedule>[1], "schedule" | "reason">) =>
    changeSchedule(schedule.name, { ...change, by: readUserName() }).then(() => {
      setOpen(false);
      onSettled();
    }, onSettled);
  return (
    <section aria-labelledby="schedule-title">
      <h2 id="schedule-title">Schedule</h2>
      <p>
        <code>{schedule.schedule}</code>{" "}
        <span className="muted">
          {schedule.scheduleType}, {ORIGINS[origins.schedule]}
        </span>
      </p>
      <SlotList title={schedule.enabled ? "Next slots" : "Its slots, were it on"} slots={upcoming} />
      {isOpen ? (
        <ScheduleForm
          fields={fields}
          isChanged={schedule.changed}
          onSave={(change) => void save(change)}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <OnlyFor scope="operate">
          <button type="button" onClick={() => setOpen(true)}>
            Change the schedule
          </button>
        </OnlyFor>
      )}
    </section>
  );
};
