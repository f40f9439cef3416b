import { AlertTask, eachEvent, textAt, type Hit } from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";

/** Somebody copies files from a host over sftp. */
export class AlertSFTPEvent extends AlertTask {
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
