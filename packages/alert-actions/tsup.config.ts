import { defineConfig } from "tsup";
import { library } from "../../tsup.base.ts";

export default defineConfig(
  library([
    "src/index.ts",
    "src/console.ts",
    "src/discord.ts",
    "src/email.ts",
    "src/google-chat.ts",
    "src/mattermost.ts",
    "src/opsgenie.ts",
    "src/pagerduty.ts",
    "src/slack.ts",
    "src/splunk-hec.ts",
    "src/teams.ts",
    "src/telegram.ts",
    "src/webhook.ts",
  ]),
);
