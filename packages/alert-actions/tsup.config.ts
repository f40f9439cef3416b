import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig(
  library([
    "src/index.ts",
    "src/block-ip.ts",
    "src/chat-bot.ts",
    "src/console.ts",
    "src/discord.ts",
    "src/elasticsearch.ts",
    "src/email.ts",
    "src/file.ts",
    "src/google-chat.ts",
    "src/jira.ts",
    "src/mattermost.ts",
    "src/opsgenie.ts",
    "src/pagerduty.ts",
    "src/servicenow.ts",
    "src/slack.ts",
    "src/splunk-hec.ts",
    "src/syslog.ts",
    "src/teams.ts",
    "src/telegram.ts",
    "src/thehive.ts",
    "src/triage-bot.ts",
    "src/webhook.ts",
  ]),
);
