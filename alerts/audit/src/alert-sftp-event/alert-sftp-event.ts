import { AlertTask, eachEvent, textAt, type AlertAbout, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Somebody copies files from a host over sftp. */
export class AlertSFTPEvent extends AlertTask {
  static readonly about: AlertAbout = {
    description: "Somebody copies files from a host over sftp.",
    severity: "NOTICE",
    attack: ["T1048", "T1105"],
    falsePositives: ["Users whose work it is to copy files."],
    triage: [
      "To where? The arguments are in the event.",
      "What lies in the directory?",
      "Does the user have a reason?",
    ],
  };

  main() {
    const query = SearchQuery({ minutes: 5 }).must(
      TermMatch("category", "execve"),
      TermMatch("processname", "audisp-json"),
      TermMatch("details.processname", "ssh"),
      PhraseMatch("details.parentprocess", "sftp"),
    );
    return eachEvent(query);
  }

  onEvent(event: Hit) {
    const user = textAt(event, "details.originaluser");
    return {
      summary: `SFTP Event by ${user} from host ${textAt(event, "hostname")} in directory ${textAt(event, "details.cwd")}`,
      category: "execve",
      // One tag: what reads these alerts expects it so.
      tags: ["audisp-json, audit"],
      severity: "NOTICE",
    };
  }
}
