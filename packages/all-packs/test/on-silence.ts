import type { PackEntry } from "@mozdef/alert/runtime";

/** Whether an alert goes off because something is missing: then it does so over whatever else is there. */
export const isOnSilence = ({ task }: PackEntry): boolean => "onNoEvent" in (task.prototype as object);
