import { at, firstText, type JsonObject, present, textAt, without } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Entries of GitHub's audit log, as its API, its export and its streams have them. @see GitHub "Audit log events"; MozDef `mq/plugins/github_webhooks.py` */
export const githubAudit: Parser = {
  name: "github-audit",
  recognise: ({ record }) => {
    if (record === undefined || !/^[a-z\d_]{1,80}\.[a-z\d_]{1,80}$/.test(textAt(record, "action") ?? "")) return false;
    const isEntry = Object.hasOwn(record, "_document_id") || Object.hasOwn(record, "created_at");
    return isEntry && ["actor", "org", "business"].some((name) => typeof record[name] === "string");
  },
  parse: ({ record = {} }) => {
    const repository = firstText(record, "repo", "repository");
    const repo_name = repository?.slice(repository.lastIndexOf("/") + 1);
    return {
      category: "github",
      tags: ["github"],
      severity: "INFO",
      summary: summaryOf(record, repo_name),
      utctimestamp: at(record, "@timestamp") ?? record.created_at,
      details: present({
        ...without(record, ["@timestamp", "actor_ip"]),
        username: textAt(record, "actor"),
        sourceipaddress: textAt(record, "actor_ip"),
        org_login: textAt(record, "org"),
        repo_name,
      }),
    };
  },
};

const summaryOf = (record: JsonObject, repository: string | undefined): string => {
  const organisation = textAt(record, "org");
  return [
    `github: ${textAt(record, "action") ?? "unknown"}:`,
    ...(repository === undefined ? [] : [`on repo: ${repository}`]),
    ...(organisation === undefined ? [] : [`in org: ${organisation}`]),
    `triggered by user: ${textAt(record, "actor") ?? "unknown"}`,
  ].join(" ");
};
