/** What `--help` prints. */
export const HELP = `mozdef-alert-runner: receives events, runs alerts on their schedules, shows them at /alerts.

Usage: mozdef-alert-runner [options]                the service
       mozdef-alert-runner config check [options]   say what is wrong with the configuration and its packs, and what would run
       mozdef-alert-runner config show [options]    print it as JSON with every default, without secrets
       mozdef-alert-runner actions test NAME        send one alert by an action of the configuration, say what its receiver answers
       mozdef-alert-runner backup [FILE] [options]  make a copy of the embedded store, also while the service runs
       mozdef-alert-runner restore FILE [options]   put such a copy in the place of the embedded store, while no service runs
       mozdef-alert-runner export FILE [options]    write all that the service keeps in its store to a file, while no runner is at work
       mozdef-alert-runner import FILE [options]    read such a file into the store of the configuration, of whatever kind
       mozdef-alert-runner tokens create NAME --scope SCOPE [--expires 90d]
                                                    make a token that a program signs in with, and print it
       mozdef-alert-runner tokens list              the tokens that there are, without what is secret
       mozdef-alert-runner tokens revoke NAME       let a token not be used any more
       mozdef-alert-runner users create NAME --role ROLE
                                                    add somebody who signs in at the pages; asks for a password, or reads it from
                                                    standard input
       mozdef-alert-runner users list               those that there are
       mozdef-alert-runner users role NAME --role ROLE
                                                    give a user another role, and end their sessions
       mozdef-alert-runner users password NAME      give a user another password, and end their sessions
       mozdef-alert-runner users remove NAME        take a user away

An export is packed when FILE ends in .gz; - is standard output or input.

  -c, --config FILE  Configuration (default: mozdef.config.ts, .mts, .js or .mjs in the current folder, if any)
      --once         Run every enabled alert once, print what came of it, end
      --at TIME      With --once: the time to run at, ISO 8601 (default: now)
      --dry-run      Change nothing: print what the service would do to the cluster of store.node (templates,
                     indices, aliases, expired days) and what it leaves alone; with --once the alerts it would make
      --watch        While alerts are written: take over what changes in the sources of packs and in the alerts of the
                     configuration, and let the store be read as Elasticsearch is, for mozdef dev
      --since TIME   With export: leave out what is older, ISO 8601
      --only KIND    With export: events, alerts or service (what the service notes, and what packs keep); may be repeated
      --replace      With import: replace documents that are there already (default: leave them as they are);
                     with restore: replace a store that is not empty (it is kept beside)
      --event EVENT  With actions test: trigger, acknowledge or resolve (default: trigger)
      --id ID        With actions test: the alert, to tell something about one that was sent before (default: a new one)
      --by NAME      With actions test: who acknowledges or closes it
      --json         With actions test: print the outcome as JSON
      --scope SCOPE  With tokens create: intake (sends events), metrics (reads how the service is), read, handle (says
                     what became of alerts), operate (schedules, silences, watchlist) or admin
      --expires 90d  With tokens create: when it ends, in days (default: never)
      --role ROLE    With users create and users role: viewer (reads), analyst (says what became of alerts), operator
                     (schedules, silences, watchlist) or admin
  -v, --version      Print the version
  -h, --help         Print this

Environment: PORT and HOST win over the configuration (default 8080 and 127.0.0.1).

Exit codes: 0 fine; 1 an alert failed (--once), a receiver does not have the alert (actions test), something could not be loaded (config check), carried over (export, import), or the
service could not start; 2 wrong option or configuration.

Examples:
  mozdef-alert-runner
  PORT=9000 mozdef-alert-runner --config /etc/mozdef/mozdef.config.ts
  mozdef-alert-runner --once --at 2026-01-31T12:00:00Z
  mozdef-alert-runner --dry-run
  mozdef-alert-runner actions test pager --event resolve --id test-1772000000000 --by ana
  mozdef-alert-runner --watch
  mozdef-alert-runner backup /mnt/backups/monday.sqlite
  mozdef-alert-runner export mozdef.ndjson.gz
  mozdef-alert-runner import mozdef.ndjson.gz --config cluster.config.mjs
`;
