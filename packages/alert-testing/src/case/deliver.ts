import { type AlertContext, messageOf } from "@mozdef/alert";
import { type AlertAction, type AlertMessage, type DeliveryAnswer, isRegistered } from "@mozdef/alert/runtime";
import { caseFailure } from "./case-failure.ts";
import type { RunningCase } from "./running-case.ts";

/** Gives new messages to the actions of the case, as the service does after a commit. */
export const deliver = async ({ testCase, site, delivered }: RunningCase): Promise<void> => {
  if (testCase.actions.length === 0) return;
  const context = site.context();
  for (const message of site.notifications()) {
    if (delivered.has(message)) continue;
    delivered.add(message);
    for (const action of testCase.actions)
      if (isRegistered(action.registration ?? "*", message)) await deliverTo(action, message, context);
  }
};

const deliverTo = async (action: AlertAction, message: AlertMessage, context: AlertContext): Promise<void> => {
  const answer = await answerOf(action, message, context);
  if (answer === undefined) return;
  const [word, reason] = "refused" in answer ? ["refused", answer.refused] : ["asked to be tried again", answer.retry];
  throw caseFailure(`The action ${action.kind} ${word}: ${reason}`);
};

const answerOf = async (action: AlertAction, message: AlertMessage, context: AlertContext): Promise<DeliveryAnswer> => {
  const { now, log, signal, fetch } = context;
  try {
    return await action.send(message, { now, log, signal, fetch, key: `${message._id}~${action.kind}`, attempt: 1 });
  } catch (cause) {
    throw caseFailure(`The action ${action.kind} failed: ${messageOf(cause)}`);
  }
};
