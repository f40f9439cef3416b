#!/usr/bin/env bash
# Writes and reads with curl, packed bodies and HEAD included. Usage: curl.sh URL
set -eu
url=$1
json() { curl -sS --fail-with-body -H "content-type: application/json" "$@"; }
expect() { case "$1" in *"$2"*) ;; *) echo "Expected [$2] in: $1" >&2; exit 1 ;; esac; }

expect "$(json "$url/")" '"number":"9.'
expect "$(json -X PUT "$url/curl" -d '{"mappings":{"properties":{"user":{"type":"keyword"}}}}')" '"acknowledged":true'
printf '{"index":{"_index":"curl","_id":"1"}}\n{"user":"bob","n":1}\n{"index":{"_index":"curl","_id":"2"}}\n{"user":"eve","n":2}\n' |
  gzip | curl -sS --fail-with-body -H "content-type: application/x-ndjson" -H "content-encoding: gzip" \
  --data-binary @- "$url/_bulk?refresh=true" > /dev/null
expect "$(json "$url/curl/_search?q=user:eve&filter_path=hits.hits._id")" '{"hits":{"hits":[{"_id":"2"}]}}'
expect "$(json "$url/curl/_doc/1?pretty")" '"user" : "bob"'
expect "$(curl -sS -o /dev/null -w '%{http_code}' --head "$url/curl")" 200
expect "$(curl -sS -o /dev/null -w '%{http_code}' --head "$url/nosuch")" 404
expect "$(curl -sS -H 'content-type: application/json' "$url/curl/_search" -d '{"query":')" 'x_content_e_o_f_exception'
expect "$(curl -sS -H 'content-encoding: gzip' -H 'content-type: application/json' "$url/curl/_search" -d 'no gzip')" 'gzip'
expect "$(curl -sS "$url/_cat/indices")" 'unsupported_feature_exception'
head -c 110000000 /dev/zero | curl -sS -H "content-type: application/json" -H "expect:" --data-binary @- "$url/_bulk" -o /dev/null -w '%{http_code}' > "${TMPDIR:-/tmp}/curl-status.$$" || true
expect "$(cat "${TMPDIR:-/tmp}/curl-status.$$")" 413
rm -f "${TMPDIR:-/tmp}/curl-status.$$"
echo "curl: ok"
