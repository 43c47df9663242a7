#!/usr/bin/env bash
# The one test command: brings what the tests need, builds once, runs every suite, ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

usage() {
  cat <<'TEXT'
Usage: bash tests/run.sh [options]

  --suite NAME    run one suite only: unit, integration or npm (may be repeated)
  --filter TEXT   run only the tests whose name contains TEXT
  --help          show this help

The tests start their own redis-server, PostgreSQL and Chromium. On Debian, missing ones are installed with apt.
Logs are left in artifacts/tests/. The exit code is 0 only if every suite ran tests and none failed.
TEXT
}

suites=()
filter=''
while [ $# -gt 0 ]; do
  case "$1" in
    --suite)
      case "${2:-}" in
        unit | integration | npm) suites+=("$2") ;;
        *) echo "run.sh: --suite takes unit, integration or npm" >&2; exit 2 ;;
      esac
      shift 2
      ;;
    --filter)
      [ -n "${2:-}" ] || { echo "run.sh: --filter takes a text" >&2; exit 2; }
      filter="$2"
      shift 2
      ;;
    --help | -h) usage; exit 0 ;;
    *) echo "run.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
[ ${#suites[@]} -gt 0 ] || suites=(unit integration npm)

configuration=Debug
logs="$PWD/artifacts/tests"
rm -rf "$logs"
mkdir -p "$logs"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# What the suites leave behind (build servers) must not hold on to the terminal or the CI job.
export MSBUILDDISABLENODEREUSE=1

limited() { # limited SECONDS COMMAND...
  if command -v timeout >/dev/null; then timeout --kill-after=20 "$@" </dev/null; else shift; "$@" </dev/null; fi
}

wanted() {
  local suite
  for suite in "${suites[@]}"; do [ "$suite" = "$1" ] && return 0; done
  return 1
}

postgres_installed() {
  command -v pg_ctl >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null
}

chromium_installed() {
  [ -n "${CHROMIUM_PATH:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
    command -v google-chrome >/dev/null
}

bring_servers() {
  local missing=()
  if wanted integration; then
    command -v redis-server >/dev/null || missing+=(redis-server)
    postgres_installed || missing+=(postgresql)
  fi
  if wanted npm; then
    chromium_installed || missing+=(chromium)
  fi
  [ ${#missing[@]} -gt 0 ] || return 0

  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo "run.sh: the tests need ${missing[*]}. Install them with this system's package manager" \
      "(Debian, as root: apt-get install ${missing[*]}) and run again." >&2
    return 1
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { limited 180 apt-get update -q && limited 480 apt-get install -qy --no-install-recommends "${missing[@]}"; } \
    >"$logs/apt.log" 2>&1 || { tail -n 20 "$logs/apt.log" >&2; return 1; }
}

needed() {
  local tool status=0
  for tool in dotnet node npm; do
    [ "$tool" != dotnet ] && ! wanted npm && continue
    command -v "$tool" >/dev/null && continue
    echo "run.sh: $tool was not found; the tests need the .NET 10 SDK and Node.js 20 or later" >&2
    status=1
  done
  return $status
}

passed=0 failed=0 skipped=0 broken=0

# count SUITE EXIT PASSED FAILED SKIPPED: adds a suite to the totals; one that crashed or ran nothing counts as a failure.
count() {
  local problem=''
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  if [ "$2" = 124 ] || [ "$2" = 137 ]; then
    problem="was ended at its time limit"
  elif [ $(($3 + $4)) = 0 ] && [ -z "$filter" ]; then
    problem="ran no tests (exit code $2)"
  elif [ "$2" != 0 ] && [ "$4" = 0 ] && { [ $(($3 + $5)) != 0 ] || [ -z "$filter" ]; }; then
    problem="ended with exit code $2"
  fi
  echo "== $1: $3 passed, $4 failed$([ "$5" = 0 ] || echo ", $5 skipped")"
  if [ -n "$problem" ]; then
    echo "== $1 $problem"
    failed=$((failed + 1)) broken=1
  fi
}

# attribute FILE NAME: an attribute of the <Counters> element of a TRX file, 0 if there is none.
attribute() {
  local value
  value=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | grep -o " $2=\"[0-9]*\"" | head -n 1 | tr -cd '0-9')
  echo "${value:-0}"
}

dotnet_suite() { # dotnet_suite NAME PROJECT SECONDS
  local trx="$logs/$1.trx" status total ran ok arguments=()
  [ -z "$filter" ] || arguments+=(--filter "FullyQualifiedName~$filter")
  echo "== $1"
  limited "$3" dotnet test "tests/$2" --no-build -c $configuration --nologo -v quiet \
    --logger "trx;LogFileName=$trx" --logger 'console;verbosity=normal' ${arguments[@]+"${arguments[@]}"} >"$logs/$1.log" 2>&1
  status=$?
  total=$(attribute "$trx" total) ran=$(attribute "$trx" executed) ok=$(attribute "$trx" passed)
  if [ "$status" != 0 ]; then
    # Failed tests with their messages; passing lines are left in the log.
    grep -vE '^ *(Passed|Skipped) |^\[xUnit.net ' "$logs/$1.log" | tail -n 300
  fi
  count "$1" $status "$ok" $((ran - ok)) $((total - ran))
}

npm_suite() { # npm_suite NAME DIRECTORY SECONDS
  local log="$logs/$1.log" status left=0 arguments=(--test --test-reporter=spec --test-concurrency=2)
  [ -z "$filter" ] || arguments+=("--test-name-pattern=$filter")
  echo "== $1"
  # Once more, because a registry may be away for a moment.
  (cd "$2" && { limited 240 npm ci --no-audit --no-fund || limited 240 npm ci --no-audit --no-fund; } &&
    limited 120 npm run build --if-present) \
    >"$logs/$1.install.log" 2>&1 || { tail -n 20 "$logs/$1.install.log"; count "$1" 1 0 0 0; return; }
  (cd "$2" && NEWSGRAPH_GATEWAY_DLL="$PWD/../../src/NewsGraph.Gateway/bin/$configuration/net10.0/NewsGraph.Gateway.dll" \
    limited "$3" node "${arguments[@]}") >"$log" 2>&1
  status=$?
  # Node 20 counts what a name pattern leaves out as skipped.
  [ -n "$filter" ] || left=$(($(summary "$log" skipped) + $(summary "$log" todo)))
  [ "$status" = 0 ] || sed -n '/failing tests:/,$p' "$log" | grep . || tail -n 100 "$log"
  count "$1" $status "$(summary "$log" pass)" $(($(summary "$log" fail) + $(summary "$log" cancelled))) \
    "$left"
}

# summary FILE NAME: a number from the summary of node's test runner, 0 if there is none.
summary() {
  local value
  value=$(grep -E "^(ℹ|#) $2 [0-9]+$" "$1" | tail -n 1 | tr -cd '0-9')
  echo "${value:-0}"
}

needed || exit 1
bring_servers || exit 1

echo "== build"
if ! limited 420 dotnet build NewsGraph.sln -c $configuration --nologo -v quiet -clp:NoSummary >"$logs/build.log" 2>&1; then
  tail -n 60 "$logs/build.log"
  echo "== the build failed"
  echo "0 passed, 1 failed"
  exit 1
fi
grep -h 'warning NG' "$logs/build.log" | sort -u

wanted unit && dotnet_suite unit NewsGraph.Tests 240
wanted integration && dotnet_suite integration NewsGraph.IntegrationTests 420
wanted npm && npm_suite npm tests/browser 420
# After tests/browser, whose helpers and packages it uses.
wanted npm && npm_suite live-client src/live-client 420

if [ $((passed + failed)) = 0 ]; then
  echo "== no test matches '$filter'"
  broken=1
fi
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ] && [ "$broken" = 0 ]
