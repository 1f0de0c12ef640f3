#!/usr/bin/env bash
# The step protocol on the machine. One file, uploaded by content hash; needs bash, coreutils, util-linux and tar.
#
#   start ID EPOCH DIGEST TASKSERV OPERATION_BYTES BUNDLE_BYTES   starts an operation, or attaches to it
#   run ID                      the runner: all steps in order, inside its own transient unit
#   wait ID | report ID         how far it is: on every change until the end, or once
#   applied TASKSERV | drift TASKSERV | health                    applied state, its comparison, checks from stdin
#
# State, below /var/lib/provisioning (survives a reboot):
#   bundles/DIGEST/             what an operation carries; proven by its manifest before every use
#   operations/ID/started       before anything runs; `exit` is written, atomically, after everything
#   operations/ID/{events,log,tail,lost,steps/NN/result,exports/NAME}
#   operations/ID/alive         locked by the living runner. No exit and nobody holds the lock: LOST
#   taskservs/NAME.json         applied state; NAME.env for its checks; NAME.last operation; NAME.pending restarts
#   epoch                       the highest fencing epoch seen
# Secrets, below /run/provisioning/ID (tmpfs), are removed with the operation's end.
#
# A reader that finds the runner dead takes its lock and writes `lost`; a runner that starts late finds that and does
# nothing. So exactly one of them decides, whatever the order.
# Namerefs look like unused or retyped variables to shellcheck.
# shellcheck disable=SC2034,SC2178
set -euo pipefail
umask 077
export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

root=${PROVISIONING_ROOT:-}
lib=$root/var/lib/provisioning
run=$root/run/provisioning
log_limit=1048576
log_keep=262144
tail_lines=20
# Bash 4.4 has no EPOCHSECONDS; SECONDS counts from here.
printf -v epoch_base '%(%s)T' -1
SECONDS=0

die() { # REASON MESSAGE: the answer to a command that cannot be done
  printf 'error %s %s\n' "$1" "${2//$'\n'/ }"
  exit 3
}

one_line() { local text=${1//$'\n'/ }; printf '%s' "${text//$'\r'/}"; }

write_atomically() { # FILE TEXT
  printf '%s\n' "$2" >"$1.new"
  sync -d "$1.new"
  mv -f "$1.new" "$1"
}

has_systemd() { [[ -z $root && -d /run/systemd/system ]]; }

lines_of() { # ARRAY FILE
  local -n into=$1
  into=()
  if [[ -s $2 ]]; then mapfile -t into <"$2"; fi
}

value_of() { # VARIABLE FILE: the whole content, or nothing
  local -n content_into=$1
  content_into=
  if [[ -f $2 ]]; then IFS= read -r -d '' content_into <"$2" || true; fi
}

# What a step starts holds the locks of the operation and the machine until it is really gone: where systemd ends all of
# the unit, that is soon. Elsewhere a daemon would hold them for ever, so there a step holds none.
keep_or_drop_locks() { if ! has_systemd; then exec 7>&- 9>&-; fi; }

# --- start -----------------------------------------------------------------------------------------------------------

refuse_stale_epoch() { # EPOCH; sets last_epoch
  last_epoch=0
  if [[ -s $lib/epoch ]]; then read -r last_epoch <"$lib/epoch"; fi
  if (($1 < last_epoch)); then
    die StaleEpoch "this machine already obeys epoch $last_epoch and refuses epoch $1: another operator took over"
  fi
}

bundle_is_whole() { # DIGEST
  [[ -f $lib/bundles/$1/manifest ]] &&
    (cd "$lib/bundles/$1" && sha256sum --check --quiet --strict manifest) >/dev/null 2>&1
}

receive() { # BYTES DIRECTORY
  rm -rf "$2"
  mkdir -p "$2"
  head -c "$1" | tar -x -C "$2" --no-same-owner -f -
}

receive_bundle() { # DIGEST BYTES
  if bundle_is_whole "$1"; then return 0; fi
  echo need-bundle
  local incoming=$lib/bundles/.incoming.$$
  receive "$2" "$incoming"
  (cd "$incoming" && sha256sum --check --quiet --strict manifest) ||
    die ConnectionLost "the bundle arrived damaged"
  rm -rf "${lib:?}/bundles/$1"
  mv -T "$incoming" "$lib/bundles/$1" 2>/dev/null || bundle_is_whole "$1"
}

launch() { # ID
  local version properties=()
  if has_systemd; then
    read -r _ version _ < <(systemctl --version)
    # Systemd before 243 knows neither; there a step that memory runs out for takes the runner with it: LOST.
    if ((${version%%[^0-9]*} >= 243)); then properties=(--property Type=exec --property OOMPolicy=continue); fi
    systemd-run --quiet --collect --unit "provisioning-$1" --description "Provisioning operation $1" \
      "${properties[@]}" --property KillMode=control-group --property TimeoutStopSec=15 \
      /bin/bash "$0" run "$1" </dev/null >&2
  else
    setsid /bin/bash "$0" run "$1" </dev/null >/dev/null 2>&1 &
    printf '%s\n' "$!" >"$lib/operations/$1/pid"
  fi
}

start() { # ID EPOCH DIGEST TASKSERV OPERATION_BYTES BUNDLE_BYTES
  local id=$1 op=$lib/operations/$1 incoming=$run/.incoming.$$
  mkdir -p "$lib/bundles" "$lib/operations" "$lib/taskservs" "$run"
  chmod 0711 "$run"
  # shellcheck disable=SC2064
  trap "rm -rf '$incoming' '$lib/bundles/.incoming.$$'" EXIT
  refuse_stale_epoch "$2"
  # Uploads happen outside the lock: a dead connection must not block the next start.
  if [[ ! -e $op/started ]]; then
    receive "$5" "$incoming"
    receive_bundle "$3" "$6"
  fi
  exec 8>>"$lib/start.lock"
  flock 8
  refuse_stale_epoch "$2" # another start may have been faster
  if (($2 > last_epoch)); then write_atomically "$lib/epoch" "$2"; fi
  if [[ ! -e $op/started ]]; then
    rm -rf "$op" "${run:?}/$id"
    mkdir -p "$op/steps" "$op/exports"
    mv -T "$incoming" "$run/$id"
    chmod 0711 "$run/$id"
    # Freed when the disk is full, so that the end can still be recorded.
    head -c 65536 /dev/zero >"$op/reserve"
    printf '%s\n' "$3" >"$op/bundle"
    printf '%s\n' "$4" >"$op/taskserv"
    : >"$op/events"
    : >"$op/log"
    write_atomically "$op/started" "$((epoch_base + SECONDS)) $2"
    if ! launch "$id" 8>&-; then
      rm -rf "$op"
      die RunnerNotStarted "systemd refused to start the unit provisioning-$id"
    fi
    await_runner "$op"
  fi
  flock -u 8
  report "$id"
}

await_runner() { # OPERATION_DIRECTORY: until the runner holds its lock, or 10 s
  local tick
  exec {tick}<> <(:)
  for _ in {1..1000}; do
    if [[ -s $1/events || -e $1/exit ]]; then return 0; fi
    if [[ -s $1/pid ]] && ! kill -0 "$(<"$1/pid")" 2>/dev/null; then return 0; fi
    read -rt 0.01 -u "$tick" || true
  done
}

# --- report and wait -------------------------------------------------------------------------------------------------

# The fold over an operation's events and log. One line each:
#   queued HOLDER | running | step N NAME | done N ran|skipped | warning TEXT | rotated
fold_open() { # ID
  op=$lib/operations/$1
  state=RUNNING index=0 ran=0 skipped=0 holder='' step='' percent=0 text='' log_index=0
  warnings=() weights=() names=()
  local digest='' dir weight name
  read -r digest <"$op/bundle" || true
  for dir in "$lib/bundles/$digest/steps"/*/; do
    if [[ -d $dir ]]; then
      read -r weight <"$dir/weight" && read -r name <"$dir/name"
      weights+=("$weight") names+=("$name")
    fi
  done
  exec {events_fd}<"$op/events" {log_fd}<"$op/log"
}

fold_close() { exec {events_fd}<&- {log_fd}<&-; }

fold() {
  local line
  while IFS= read -r line <&"$events_fd"; do
    case $line in
      queued\ *) state=QUEUED holder=${line#queued } ;;
      running) state=RUNNING holder= ;;
      step\ *) line=${line#step } index=${line%% *} step=${line#* } percent=0 text= ;;
      done\ *\ ran) ran=$((ran + 1)) ;;
      done\ *\ skipped) skipped=$((skipped + 1)) ;;
      warning\ *) warnings+=("${line#warning }") ;;
      rotated) exec {log_fd}<&- && exec {log_fd}<"$op/log" && log_index=$index ;;
    esac
  done
  while IFS= read -r line <&"$log_fd"; do
    case $line in
      ::step\ *) line=${line#::step } log_index=${line%% *} ;;
      ::progress\ [0-9]*)
        if ((log_index == index)) && [[ $line =~ ^::progress\ +([0-9]{1,3})(\ +(.*))?$ ]]; then
          percent=$((10#${BASH_REMATCH[1]} > 100 ? 100 : 10#${BASH_REMATCH[1]}))
          redact text "${BASH_REMATCH[3]-}"
        fi
        ;;
    esac
  done
}

overall() { # VARIABLE: percent of the operation, by weight
  local -n into=$1
  local total=0 done=0 i
  for i in "${!weights[@]}"; do
    total=$((total + weights[i]))
    if ((i + 1 < index)); then done=$((done + weights[i] * 100)); fi
    if ((i + 1 == index)); then done=$((done + weights[i] * percent)); fi
  done
  into=$((total > 0 ? done / total : 0))
}

runner_lives() { # OPERATION_DIRECTORY; takes fd 6 with the lock when it does not
  exec 6>>"$1/alive"
  if flock -n 6; then return 1; fi
  exec 6>&-
}

end_orphans() { # ID: without systemd nobody ended what a killed runner had started
  local file pid
  if has_systemd; then return 0; fi
  for file in /proc/[0-9]*/environ; do
    if grep -qszx "PROVISIONING_OPERATION=$1" "$file"; then
      pid=${file#/proc/}
      kill -KILL "${pid%/environ}" 2>/dev/null || true
    fi
  done
}

settle() { # sets state from what is final: exit, or a dead runner
  if [[ -e $op/exit ]]; then state=ENDED; return 0; fi
  if [[ ! -e $op/lost ]]; then
    if runner_lives "$op"; then return 0; fi
    if [[ -e $op/exit ]]; then # it ended between the two questions
      exec 6>&-
      state=ENDED
      return 0
    fi
    exec 8>>"$lib/start.lock"
    if [[ ! -s $op/events ]] && ! flock -n 8; then # a start is on its way
      exec 6>&- 8>&-
      return 0
    fi
    end_orphans "${op##*/}"
    write_atomically "$op/lost" "$((epoch_base + SECONDS))"
    rm -rf "${run:?}/${op##*/}"
    exec 6>&- 8>&-
  fi
  state=LOST
}

print_report() {
  local progress i line exit_code=0 reason='' message='' at=0 file
  overall progress
  case $state in
    ENDED)
      # exit: code, reason, step number, step, time, ran, skipped, message; padded lines are ignored
      mapfile -t ending <"$op/exit"
      exit_code=${ending[0]} reason=${ending[1]} index=${ending[2]} step=${ending[3]} at=${ending[4]}
      ran=${ending[5]} skipped=${ending[6]} message=${ending[7]}
      if ((exit_code == 0)); then state=SUCCEEDED progress=100 text=; else state=FAILED text=$message; fi
      ;;
    QUEUED) text="waits for $holder" ;;
    LOST)
      text="the machine stopped or restarted while step $index ran"
      if ((index == 0)); then text='the machine stopped or restarted before the first step'; fi
      ;;
  esac
  printf 'report\nstate %s\nstep %s\nindex %s\ncount %s\nprogress %s\ntext %s\nran %s\nskipped %s\n' \
    "$state" "$step" "$index" "${#weights[@]}" "$progress" "$text" "$ran" "$skipped"
  for line in "${warnings[@]}"; do printf 'warning %s\n' "$line"; done
  if [[ $state == SUCCEEDED ]]; then
    for file in "$op/exports"/*; do
      if [[ -f $file ]]; then printf 'export %s %s\n' "${file##*/}" "$(base64 -w0 <"$file")"; fi
    done
  fi
  if [[ $state == FAILED ]]; then
    printf 'failure %s %s %s %s\n' "$exit_code" "$reason" "$at" "$message"
    if [[ -f $op/tail ]]; then
      while IFS= read -r line; do printf 'tail %s\n' "$line"; done <"$op/tail"
    fi
  fi
  printf '.\n'
}

absent() { printf 'report\nstate ABSENT\n.\n'; }

report() { # ID
  if [[ ! -e $lib/operations/$1/started ]]; then absent; return 0; fi
  fold_open "$1"
  load_secrets "$1"
  # In this order: a runner that ends after the question is seen as running, never the reverse.
  settle
  fold_keeping_final
  print_report
  fold_close
}

fold_keeping_final() {
  local final=$state
  fold
  case $final in ENDED | LOST) state=$final ;; esac
}

wait_for() { # ID
  local tick ticks=0 last='' now
  if [[ ! -e $lib/operations/$1/started ]]; then absent; return 0; fi
  fold_open "$1"
  load_secrets "$1"
  exec {tick}<> <(:)
  while :; do
    # Whether the runner lives needs a process to ask: once a second; the end is a file, asked every tick.
    if [[ -e $op/exit || -e $op/lost ]] || ((ticks % 20 == 0)); then settle; fi
    fold_keeping_final
    now="$state $index $percent $ran $skipped $text ${#warnings[@]}"
    if [[ $now != "$last" ]]; then
      last=$now
      print_report
      case $state in SUCCEEDED | FAILED | LOST) break ;; esac
      if [[ $state == QUEUED ]]; then text=; fi
      last="$state $index $percent $ran $skipped $text ${#warnings[@]}"
    fi
    ticks=$((ticks + 1))
    read -rt 0.05 -u "$tick" || true
  done
}

# --- secrets ---------------------------------------------------------------------------------------------------------

load_secrets() { # ID: values to redact, longest lines included
  secrets=()
  local file value line
  for file in "$run/$1/secrets"/*; do
    if [[ ! -f $file ]]; then continue; fi
    value_of value "$file"
    value=${value%$'\n'}
    if ((${#value} >= 4)); then secrets+=("$value"); fi
    if [[ $value == *$'\n'* ]]; then
      while IFS= read -r line; do
        if ((${#line} >= 8)); then secrets+=("$line"); fi
      done <<<"$value"
    fi
  done
}

redact() { # VARIABLE TEXT
  local -n redacted=$1
  local secret
  redacted=$2
  for secret in "${secrets[@]}"; do redacted=${redacted//"$secret"/[redacted]}; done
}

redact_log() {
  if ((${#secrets[@]} == 0)); then return 0; fi
  local content
  if ! printf '%s\n' "${secrets[@]}" | grep -qF -f - "$op/log"; then return 0; fi
  content=$(tr -d '\0' <"$op/log")
  redact content "$content"
  printf '%s\n' "$content" >"$op/log"
  event rotated
}

# --- the runner ------------------------------------------------------------------------------------------------------

# A full disk must not stop the runner from recording its end: events are a convenience, `exit` is the truth.
event() { printf '%s\n' "$*" >>"$op/events" 2>/dev/null || true; }

remaining() { # VARIABLE LIMIT: seconds that a step may take, within the operation's own limit
  local -n into=$1
  into=$2
  if [[ -n $deadline ]]; then
    local left=$((deadline - epoch_base - SECONDS))
    if ((left < into)); then into=$((left < 1 ? 1 : left)); fi
  fi
}

run_operation() { # ID
  id=$1 op=$lib/operations/$1
  exec 7>>"$op/alive"
  flock 7
  if [[ -e $op/lost || -e $op/exit ]]; then exit 0; fi
  read -r digest <"$op/bundle"
  read -r taskserv <"$op/taskserv"
  bundle=$lib/bundles/$digest
  ran=0 skipped=0 index=0 step='' step_limit=0 reason='' message='' finished='' child='' deadline=''
  load_secrets "$id"
  trap stopped TERM INT HUP
  trap 'unexpected $? $LINENO' EXIT
  if [[ -s $run/$id/timeout ]]; then
    read -r deadline <"$run/$id/timeout"
    deadline=$((epoch_base + SECONDS + deadline))
  fi
  if [[ ! -e $run/$id/parallel ]]; then lock_machine; fi
  event running
  local dir names=()
  for dir in "$bundle/steps"/*/; do
    dir=${dir%/}
    if [[ -d $dir ]]; then names+=("$op/steps/${dir##*/}"); fi
  done
  if ((${#names[@]})); then mkdir -p "${names[@]}"; fi
  carry_over
  for dir in "$bundle/steps"/*/; do
    if [[ -d $dir ]]; then run_step "${dir%/}"; fi
  done
  step=exports
  run_exports
  write_applied_state
  finish 0
}

stopped() { # the unit is being stopped, by a shutdown or by hand: no end is recorded, so the operation is LOST
  finished=yes
  if [[ -n $child ]]; then kill -TERM "$child" 2>/dev/null || true; fi
  exit 143
}

unexpected() { # STATUS LINE
  if [[ -n $finished ]]; then return 0; fi
  fail "$1" AgentFailed "the runner itself failed at line $2 of agent.sh"
}

lock_machine() {
  local holder=''
  exec 9>>"$lib/machine.lock"
  if ! flock -n 9; then
    read -r holder <"$lib/machine.holder" || true
    event queued "${holder:-another operation}"
    flock 9 &
    child=$!
    if ! wait "$child"; then fail 1 AgentFailed "cannot lock the machine"; fi
    child=
    # `flock 9` in a child locks the shared open file, hence for us too.
  fi
  printf '%s\n' "$taskserv (operation $id)" >"$lib/machine.holder"
}

# A new attempt at the same bundle does not repeat scripts that its predecessor recorded as done. Files, units and
# checks compare before they act: they run again, and change nothing where nothing is to be changed.
carry_over() {
  local last='' other='' result='' dir
  if [[ -s $lib/taskservs/$taskserv.last ]]; then read -r last <"$lib/taskservs/$taskserv.last"; fi
  write_atomically "$lib/taskservs/$taskserv.last" "$id"
  if [[ -z $last || $last == "$id" || ! -f $lib/operations/$last/bundle ]]; then return 0; fi
  read -r other <"$lib/operations/$last/bundle"
  if [[ $other != "$digest" ]] || ended_well "$lib/operations/$last"; then return 0; fi
  for dir in "$lib/operations/$last/steps"/*/; do
    if [[ ! -f $dir/result ]]; then continue; fi
    result=
    read -r result <"$dir/result" || result= # without its end of line it was torn by a crash
    dir=${dir%/}
    if [[ $result == ran || $result == skipped ]]; then
      echo "$last" >"$op/steps/${dir##*/}/carried"
    fi
  done
}

ended_well() { # OPERATION_DIRECTORY
  local code=1
  if [[ -f $1/exit ]]; then read -r code <"$1/exit"; fi
  [[ $code == 0 ]]
}

run_step() { # BUNDLE_STEP_DIRECTORY
  source_dir=$1 number=${1##*/}
  index=$((10#$number)) record=$op/steps/$number
  local kind limit retries attempt=0 outcome=0 best_effort=
  read -r step <"$source_dir/name"
  read -r kind <"$source_dir/kind"
  read -r limit <"$source_dir/timeout"
  read -r retries <"$source_dir/retries"
  if [[ -e $source_dir/best-effort ]]; then best_effort=yes; fi
  printf '%s\n' "$((epoch_base + SECONDS))" >"$record/started"
  event step "$index" "$step"
  printf '::step %s %s\n' "$index" "$step" >>"$op/log"
  if [[ -n $deadline ]] && ((epoch_base + SECONDS >= deadline)); then
    fail 124 OperationTimeout "the operation's time was over before this step"
  fi
  result=ran reason='' message=''
  bound_log &
  local watcher=$!
  while :; do
    outcome=0
    remaining step_limit "$limit"
    case $kind in
      script) run_script || outcome=$? ;;
      write-files) write_files || outcome=$? ;;
      start-units) start_units || outcome=$? ;;
      verify) verify || outcome=$? ;;
      *) message="unknown kind of step $kind" reason=AgentFailed outcome=1 ;;
    esac
    if ((outcome == 0 || attempt >= retries)); then break; fi
    attempt=$((attempt + 1))
    printf '::retry %s of %s, after exit %s\n' "$attempt" "$retries" "$outcome" >>"$op/log"
    pause "$((attempt < 5 ? attempt * 2 : 10))"
  done
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  redact_log
  if ((outcome == 143 || outcome == 137)); then pause 0.3; fi # a shutdown kills the step first and us a moment later
  if ((outcome != 0)); then
    if [[ -z $best_effort ]]; then fail "$outcome" "$reason" "$message"; fi
    redact message "$message"
    event warning "$(one_line "$step: $message")"
    result=warned
  fi
  printf '%s\n' "$result" >"$record/result" # a torn line is no known result: then the check decides
  sync -d "$record/result"
  if [[ $result == skipped ]]; then skipped=$((skipped + 1)); else ran=$((ran + 1)); fi
  event "done" "$index" "${result/warned/ran}"
}

pause() { # SECONDS, without a deaf moment: the trap runs at once
  sleep "$1" 7>&- 9>&- &
  child=$!
  wait "$child" || true
  child=
}

bound_log() { # beyond 1 MiB the older part goes
  exec 7>&- 9>&-
  trap - TERM INT HUP EXIT
  local size
  while sleep 1; do
    size=$(stat -c %s "$op/log")
    if ((size > log_limit)); then
      cut_log "$size"
      event rotated
    fi
  done
}

# Writers append meanwhile. What they add after SIZE is taken along, and between the last look and the
# cut stands no new process: on a busy machine that took long enough to lose the words a step ended with.
cut_log() { # SIZE
  local kept more
  kept=$(tail -c "+$(($1 - log_keep + 1))" "$op/log" | head -c "$log_keep" | tr -d '\0'; printf .)
  more=$(tail -c "+$(($1 + 1))" "$op/log" | tr -d '\0'; printf .)
  : >"$op/log"
  printf '%s%s' "${kept%.}" "${more%.}" >>"$op/log"
}

# Runs FILE with the bundle's environment, in its own process group, output to the log.
execute() { # FILE LIMIT [USER]
  local file=$1 environment=$bundle/env home=$run/$id lower=() status=0
  local user_secrets=$home/secrets
  if [[ -n ${3-} ]]; then
    if ! getent passwd "$3" >/dev/null; then
      reason=UserMissing message="the step runs as user $3, who does not exist on this machine"
      return 1
    fi
    local own=$home/as-$3
    rm -rf "$own"
    mkdir "$own"
    cp "$file" "$own/script"
    cp "$bundle/env" "$own/env"
    if [[ -d $home/secrets ]]; then cp -r "$home/secrets" "$own/secrets"; fi
    chown -R "$3:" "$own"
    file=$own/script environment=$own/env user_secrets=$own/secrets
    lower=(runuser -u "$3" --)
  fi
  # shellcheck disable=SC2016
  (
    keep_or_drop_locks
    cd /
    exec timeout -k 10 "$2" env -i "PATH=$PATH" LANG=C.UTF-8 "HOME=$(home_of "${3-root}")" \
      DEBIAN_FRONTEND=noninteractive \
      "PROVISIONING_SECRETS=$user_secrets" "PROVISIONING_TASKSERV=$taskserv" "PROVISIONING_OPERATION=$id" "${lower[@]}" \
      /bin/bash -euo pipefail -c '. "$1"; . "$2"' step "$environment" "$file"
  ) </dev/null >>"$op/log" 2>&1 &
  child=$!
  wait "$child" || status=$?
  child=
  if [[ -n ${3-} ]]; then rm -rf "$home/as-$3"; fi
  return "$status"
}

home_of() {
  if [[ $1 == root ]]; then
    printf /root
    return
  fi
  local entry
  entry=$(getent passwd "$1" | cut -d: -f6)
  printf '%s' "${entry:-/}"
}

run_script() {
  local user='' status=0 begun=$((epoch_base + SECONDS))
  if [[ -s $source_dir/user ]]; then read -r user <"$source_dir/user"; fi
  if [[ -f $record/carried ]]; then
    printf 'done already by operation %s\n' "$(<"$record/carried")" >>"$op/log"
    result=skipped
    return 0
  fi
  if [[ -f $source_dir/check ]]; then
    execute "$source_dir/check" "$step_limit" "$user" || status=$?
    if ((status == 0)); then result=skipped; return 0; fi
    if [[ $reason == UserMissing ]]; then return 1; fi
    status=0
  fi
  execute "$source_dir/run" "$step_limit" "$user" || status=$?
  if ((status == 0)); then result=ran; return 0; fi
  if [[ -n $reason ]]; then return "$status"; fi
  if ((status == 124 || status == 137)) && ((epoch_base + SECONDS - begun >= step_limit)); then
    reason=StepTimeout message="did not end within $step_limit s and was stopped"
  else
    reason=StepFailed message="ended with exit $status"
  fi
  return "$status"
}

# --- files -----------------------------------------------------------------------------------------------------------

render() { # SOURCE TARGET: secret markers replaced; the target lies on tmpfs
  local content out='' name value
  if ! grep -qF '@@provisioning-secret:' "$1"; then
    cp "$1" "$2"
    return
  fi
  value_of content "$1"
  while [[ $content == *'@@provisioning-secret:'* ]]; do
    out+=${content%%@@provisioning-secret:*}
    content=${content#*@@provisioning-secret:}
    name=${content%%@@*}
    content=${content#*@@}
    if [[ ! -f $run/$id/secrets/$name ]]; then
      reason=SecretMissing message="needs the secret $name, which was not sent with the operation"
      return 1
    fi
    value_of value "$run/$id/secrets/$name"
    out+=$value
  done
  printf '%s' "$out$content" >"$2"
}

remember() { # VERB UNIT: survives a crash until start_units did it
  local known
  lines_of known "$lib/taskservs/$taskserv.pending"
  local line
  for line in "${known[@]}"; do if [[ $line == "$1 $2" ]]; then return 0; fi; done
  message='cannot record which units to restart'
  printf '%s %s\n' "$1" "$2" >>"$lib/taskservs/$taskserv.pending" &&
    sync -d "$lib/taskservs/$taskserv.pending"
}

write_files() {
  local dir changed=0
  result=skipped
  for dir in "$bundle/files"/*/; do
    if [[ ! -d $dir ]]; then continue; fi
    changed=0
    write_file "${dir%/}" || return 1
    if ((changed)); then result=ran; fi
  done
}

write_file() { # BUNDLE_FILE_DIRECTORY; sets changed
  local dir=$1 path mode owner rendered=$run/$id/rendered
  read -r path <"$dir/path"
  read -r mode <"$dir/mode"
  read -r owner <"$dir/owner"
  reason=FileNotWritten message='cannot be rendered'
  if ! render "$dir/content" "$rendered"; then
    message="$path $message"
    return 1
  fi
  reason='' message=''
  local target=$root$path status=0
  if [[ -d $target ]]; then
    reason=FileNotWritten message="$path is a directory on this machine"
    return 1
  fi
  if cmp -s "$rendered" "$target" && [[ ! -L $target ]] && has_mode "$target" "$mode" "$owner"; then
    rm -f "$rendered"
    return 0
  fi
  replace_file "$dir" "$rendered" "$target" "$mode" "$owner" || status=$?
  rm -f "$rendered" "${target%/*}/.${target##*/}.provisioning-new"
  if ((status != 0)); then
    message="$path: $message"
    return "$status"
  fi
  changed=1
}

has_mode() { # FILE MODE OWNER
  local seen
  seen=$(stat -c '%a %U:%G' "$1")
  ((8#${seen%% *} == 8#$2)) && [[ ${seen#* } == "$3" ]]
}

replace_file() { # BUNDLE_FILE_DIRECTORY RENDERED TARGET MODE OWNER
  local candidate=${3%/*}/.${3##*/}.provisioning-new error unit units
  reason=FileNotWritten
  if ! error=$({ (umask 022 && mkdir -p "${3%/*}") && cp "$2" "$candidate"; } 2>&1); then
    message=${error#cp: }
    return 1
  fi
  if ! error=$({ chown "$5" "$candidate" && chmod "$4" "$candidate"; } 2>&1); then
    message=${error#ch*: }
    return 1
  fi
  if [[ -s $1/validate ]]; then validate "$1/validate" "$candidate" || return 1; fi
  lines_of units "$1/restarts"
  for unit in "${units[@]}"; do remember restart "$unit" || return 1; done
  lines_of units "$1/reloads"
  for unit in "${units[@]}"; do remember reload "$unit" || return 1; done
  if [[ $3 == */systemd/system/* ]]; then remember daemon-reload systemd || return 1; fi
  if ! error=$({ sync -d "$candidate" && mv -fT "$candidate" "$3"; } 2>&1); then
    message=$error
    return 1
  fi
  reason=''
  printf 'wrote %s\n' "${3#"$root"}" >>"$op/log"
}

validate() { # COMMAND_FILE CANDIDATE
  local status=0
  # shellcheck disable=SC2016
  (
    keep_or_drop_locks
    cd /
    exec env "FILE=$2" "PROVISIONING_SECRETS=$run/$id/secrets" timeout -k 5 "$step_limit" \
      /bin/bash -c '. "$1"; . "$2"' validate "$bundle/env" "$1"
  ) </dev/null >>"$op/log" 2>&1 || status=$?
  if ((status != 0)); then
    reason=FileInvalid message="the new content was refused by its check (exit $status); the old file stays"
    return 1
  fi
}

# --- units -----------------------------------------------------------------------------------------------------------

start_units() {
  local unit line wanted pending kept=() verb seen="" last_step
  if ! has_systemd && [[ -z ${PROVISIONING_SYSTEMCTL-} ]]; then
    reason=SystemdMissing message='this machine does not run systemd, so its units cannot be started'
    return 1
  fi
  local systemctl=${PROVISIONING_SYSTEMCTL:-systemctl}
  lines_of wanted "$source_dir/units"
  lines_of pending "$lib/taskservs/$taskserv.pending"
  result=skipped
  for line in "${pending[@]}"; do
    if [[ $line == daemon-reload\ * ]]; then control daemon-reload || return 1; fi
  done
  last_step=$(grep -lx start-units "$bundle"/steps/*/kind | tail -n 1)
  last_step=${last_step%/kind}
  for unit in "${wanted[@]}"; do
    if ! "$systemctl" is-enabled --quiet "$unit" 2>/dev/null; then
      result=ran
      control enable "$unit" || return 1
    fi
  done
  for unit in "${wanted[@]}"; do
    if ! "$systemctl" is-active --quiet "$unit"; then
      result=ran
      control start "$unit" || return 1
      seen+=" $unit " # it read its new files just now
    fi
  done
  for verb in restart reload; do
    for line in "${pending[@]}"; do
      unit=${line#* }
      if [[ ${line%% *} != "$verb" || $seen == *" $unit "* ]]; then continue; fi
      if [[ " ${wanted[*]} " != *" $unit "* && $source_dir != "$last_step" ]]; then
        kept+=("$line") # a later step's unit
        continue
      fi
      result=ran
      if [[ $verb == restart ]]; then control restart "$unit" || return 1; fi
      if [[ $verb == reload ]]; then control reload-or-restart "$unit" || return 1; fi
      seen+=" $unit "
    done
  done
  if ((${#pending[@]})); then
    if ((${#kept[@]})); then
      write_atomically "$lib/taskservs/$taskserv.pending" "$(printf '%s\n' "${kept[@]}")"
    else
      rm -f "$lib/taskservs/$taskserv.pending"
    fi
  fi
}

control() { # VERB [UNIT]
  local status=0
  printf 'systemctl %s\n' "$*" >>"$op/log"
  timeout -k 5 "$step_limit" "$systemctl" "$@" </dev/null >>"$op/log" 2>&1 7>&- 9>&- || status=$?
  if ((status == 0)); then return 0; fi
  reason=UnitFailed message="systemctl $* failed (exit $status)"
  if ((status == 124)); then message="systemctl $* did not end within $step_limit s"; fi
  if [[ -n ${2-} ]]; then
    { "$systemctl" --no-pager --full --lines=15 status "$2" 2>&1 || true; } >>"$op/log"
  fi
  return 1
}

# --- checks ----------------------------------------------------------------------------------------------------------

# A check has the environment of its TaskServ, and no secrets: those are gone when it is asked the next time.
ask() { # COMMAND LIMIT OUTPUT_FILE ENVIRONMENT_FILE
  local status=0
  # shellcheck disable=SC2016
  (
    keep_or_drop_locks
    cd /
    exec timeout -k 2 "$2" /bin/bash -c 'if [ -f "$2" ]; then . "$2"; fi; eval "$1"' check "$1" "$4"
  ) </dev/null >"$3" 2>&1 || status=$?
  return "$status"
}

last_line_of() { # VARIABLE FILE
  local -n into=$1
  local lines line
  into=
  mapfile -t lines < <(tail -c 4096 "$2" | tr -d '\0')
  for line in "${lines[@]}"; do
    if [[ -n ${line//[[:space:]]/} ]]; then into=${line:0:500}; fi
  done
}

verify() {
  local until=$((epoch_base + SECONDS + step_limit)) dir name command limit interval status failed said
  local wait_ms=100
  while :; do
    failed=
    for dir in "$source_dir/checks"/*/; do
      if [[ ! -d $dir ]]; then continue; fi
      read -r name <"$dir/name"
      read -r limit <"$dir/timeout"
      read -r interval <"$dir/interval"
      value_of command "$dir/command"
      status=0
      ask "$command" "$limit" "$run/$id/asked" "$bundle/env" || status=$?
      if ((status != 0)); then
        failed=$name
        last_line_of said "$run/$id/asked"
        if ((status == 124)); then said="no answer within $limit s"; fi
        break
      fi
    done
    if [[ -z $failed ]]; then return 0; fi
    if ((epoch_base + SECONDS >= until)); then
      reason=VerifyFailed message="check $failed still fails after $step_limit s: ${said:-exit $status}"
      return 1
    fi
    # Quick at first, since most services answer within a second; then at the check's own pace.
    pause "$((wait_ms / 1000)).$(printf '%03d' $((wait_ms % 1000)))"
    wait_ms=$((wait_ms * 2 < interval * 1000 ? wait_ms * 2 : interval * 1000))
    if ((wait_ms < 100)); then wait_ms=100; fi
  done
}

health() { # stdin: TASKSERV NAME SECONDS COMMAND, each ended by NUL; all asked at once
  local work taskserv name limit command count=0 i status said
  mkdir -p "$run"
  chmod 0711 "$run"
  work=$(mktemp -d "$run/health.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  while IFS= read -r -d '' taskserv && IFS= read -r -d '' name &&
    IFS= read -r -d '' limit && IFS= read -r -d '' command; do
    (
      status=0
      ask "$command" "$limit" "$work/$count.out" "$lib/taskservs/$taskserv.env" || status=$?
      printf '%s\n' "$status $limit" >"$work/$count.status"
    ) &
    count=$((count + 1))
  done
  wait
  for ((i = 0; i < count; i++)); do
    read -r status limit <"$work/$i.status"
    said=
    if ((status == 124)); then said="no answer within $limit s"; fi
    if ((status != 0)) && [[ -z $said ]]; then last_line_of said "$work/$i.out"; fi
    printf 'answer %s %s\n' "$status" "${said:-exit $status}"
  done
  printf '.\n'
}

# --- the end ---------------------------------------------------------------------------------------------------------

run_exports() {
  local dir name status
  for dir in "$run/$id/exports"/*/; do
    if [[ ! -d $dir ]]; then continue; fi
    read -r name <"$dir/name"
    status=0
    # shellcheck disable=SC2016
    (
      keep_or_drop_locks
      cd /
      exec timeout -k 5 60 env "PROVISIONING_SECRETS=$run/$id/secrets" \
        /bin/bash -euo pipefail -c '. "$1"; . "$2"' export "$bundle/env" "$dir/command"
    ) </dev/null >"$op/exports/.$name" 2>>"$op/log" || status=$?
    if ((status != 0)); then
      rm -f "$op/exports/.$name"
      fail "$status" ExportFailed "the command that prints the exported value $name failed (exit $status)"
    fi
    mv -f "$op/exports/.$name" "$op/exports/$name"
  done
}

json() { # TEXT: the inside of a JSON string; paths and modes hold no control characters
  local text=${1//\\/\\\\}
  printf '%s' "${text//\"/\\\"}"
}

# The planner's {version, configHash, packages, units, appliedBy} plus "files", one per line, as really written.
write_applied_state() {
  local record=$lib/taskservs/$taskserv.json content dir path mode owner sum lines=()
  if [[ ! -f $bundle/applied.json ]]; then
    rm -f "$record" "$lib/taskservs/$taskserv.pending" "$lib/taskservs/$taskserv.env"
    return 0
  fi
  content=$(<"$bundle/applied.json")
  content=${content%"${content##*[![:space:]]}"}
  content=${content%\}}
  content=${content%"${content##*[![:space:]]}"}
  for dir in "$bundle/files"/*/; do
    if [[ ! -d $dir ]]; then continue; fi
    read -r path <"$dir/path"
    read -r mode <"$dir/mode"
    read -r owner <"$dir/owner"
    sum=$(sha256sum <"$root$path")
    lines+=("$(printf '{"path":"%s","sha256":"%s","mode":"%s","owner":"%s"}' \
      "$(json "$path")" "${sum%% *}" "$mode" "$owner")")
  done
  if [[ $content != *\{ ]]; then content+=,; fi
  content+='"files":['
  local i
  for i in "${!lines[@]}"; do
    if ((i)); then content+=,; fi
    content+=$'\n'${lines[i]}
  done
  if ((${#lines[@]})); then content+=$'\n'; fi
  write_atomically "$lib/taskservs/$taskserv.env" "$(<"$bundle/env")"
  write_atomically "$record" "$content]}"
}

fail() { # STATUS REASON MESSAGE: records the failed end and leaves
  local status=$1 why=${2:-StepFailed} what=$3 lines line kept=() clean full
  ((status != 0)) || status=1
  trap - EXIT
  if [[ -n $finished ]]; then exit "$status"; fi
  mapfile -t lines < <(tail -c 65536 "$op/log" | tr -d '\0\r' | tail -n 400)
  for line in "${lines[@]}"; do
    case $line in
      ::step\ *) kept=() ;;
      ::progress\ *) ;;
      *) kept+=("${line:0:1000}") ;;
    esac
  done
  if ((${#kept[@]} > tail_lines)); then kept=("${kept[@]: -tail_lines}"); fi
  rm -f "$op/reserve"
  full=$(disk_full "$what" "${kept[@]}")
  if [[ -n $full ]]; then why=DiskFull what=$full; fi
  if [[ $why == StepFailed || $why == FileInvalid ]]; then what+=$(said_at_last "${kept[@]}"); fi
  redact what "$(one_line "$what")"
  clean=$(printf '%s\n' "${kept[@]}")
  redact clean "$clean"
  printf '%s\n' "$clean" >"$op/tail" || true
  record_end "$status" "$why" "$what"
  exit 0
}

said_at_last() { # LINES: the last of them, behind a colon: an exit code alone explains nothing
  local line last=
  for line in "$@"; do
    if [[ -n ${line//[[:space:]]/} && $line != ::* ]]; then last=$line; fi
  done
  printf '%s' "${last:+: ${last:0:400}}"
}

disk_full() { # LINES: a sentence if a disk is full, else nothing
  local line
  for line in "$@"; do
    if [[ $line == *'No space left on device'* ]]; then
      printf 'a disk of this machine is full, free some space there: %s' "$line"
      return 0
    fi
  done
}

finish() { # STATUS
  trap - EXIT
  index=${index:-0}
  redact_log
  record_end "$1" Succeeded ''
  exit 0
}

record_end() { # STATUS REASON MESSAGE: secrets go first, `exit` is the last word
  finished=yes
  rm -rf "${run:?}/$id" "$op/reserve"
  write_atomically "$op/exit" "$1
$2
$index
$step
$((epoch_base + SECONDS))
$ran
$skipped
$3"
  prune
}

prune() { # the newest 20 operations stay, and the bundles they name
  local all=() dir keep=' ' digest
  mapfile -t all < <(cd "$lib/operations" && ls -1t)
  local i
  for i in "${!all[@]}"; do
    dir=$lib/operations/${all[i]}
    if ((i < 20)) || [[ ! -e $dir/exit && ! -e $dir/lost ]]; then
      read -r digest <"$dir/bundle" || continue
      keep+="$digest "
    else
      rm -rf "$dir"
    fi
  done
  for dir in "$lib/bundles"/*/; do
    dir=${dir%/}
    if [[ -d $dir && $keep != *" ${dir##*/} "* && -n $(find "$dir" -maxdepth 0 -mmin +60) ]]; then rm -rf "$dir"; fi
  done
}

# --- applied state and drift -----------------------------------------------------------------------------------------

applied() { # TASKSERV
  if [[ -s $lib/taskservs/$1.json ]]; then echo present; cat "$lib/taskservs/$1.json"; else echo absent; fi
}

strings_of() { # ARRAY KEY JSON: a list of plain strings
  local -n into=$1
  local rest
  into=()
  if [[ ! $3 =~ \"$2\"[[:space:]]*:[[:space:]]*\[([^]]*)\] ]]; then return 0; fi
  rest=${BASH_REMATCH[1]}
  while [[ $rest =~ ^[^\"]*\"([^\"]*)\"(.*)$ ]]; do
    into+=("${BASH_REMATCH[1]}")
    rest=${BASH_REMATCH[2]}
  done
}

drift() { # TASKSERV
  local json item
  if [[ ! -s $lib/taskservs/$1.json ]]; then printf '.\n'; return 0; fi
  value_of json "$lib/taskservs/$1.json"
  drift_of_files "$json"
  local packages units
  strings_of packages packages "$json"
  for item in "${packages[@]}"; do drift_of_package "$item"; done
  strings_of units units "$json"
  for item in "${units[@]}"; do drift_of_unit "$item"; done
  printf '.\n'
}

differs() { printf 'drift %s\t%s\t%s\n' "$1" "$2" "$3"; } # ITEM DESIRED OBSERVED

drift_of_files() { # JSON
  local line path sum mode owner seen
  while IFS= read -r line; do
    if [[ ! $line =~ ^\{\"path\":\"(.*)\",\"sha256\":\"([0-9a-f]*)\",\"mode\":\"([0-7]*)\",\"owner\":\"(.*)\"\},?$ ]]; then
      continue
    fi
    path=${BASH_REMATCH[1]} sum=${BASH_REMATCH[2]} mode=${BASH_REMATCH[3]} owner=${BASH_REMATCH[4]}
    path=${path//\\\"/\"} path=${path//\\\\/\\}
    if [[ ! -f $root$path ]]; then
      differs "file:$path" present missing
      continue
    fi
    seen=$(sha256sum <"$root$path")
    seen=${seen%% *}
    if [[ $seen != "$sum" ]]; then
      differs "file:$path" "sha256 ${sum:0:12}" "sha256 ${seen:0:12}"
    elif ! has_mode "$root$path" "$mode" "$owner"; then
      differs "file:$path" "$mode $owner" "$(stat -c '0%a %U:%G' "$root$path")"
    fi
  done <<<"$1"
}

drift_of_package() { # NAME or NAME=VERSION
  local name=${1%%=*} wanted='' seen
  if [[ $1 == *=* ]]; then wanted=${1#*=}; fi
  if command -v dpkg-query >/dev/null; then
    # shellcheck disable=SC2016
    seen=$(dpkg-query -W -f '${db:Status-Status} ${Version}\n' "$name" 2>/dev/null | grep '^installed ' | head -n 1) || true
    seen=${seen#installed }
  else
    seen=$(rpm -q --qf '%{VERSION}-%{RELEASE}\n' "$name" 2>/dev/null | head -n 1) || seen=
  fi
  if [[ -z $seen ]]; then
    differs "package:$name" "${wanted:-installed}" absent
  elif [[ -n $wanted && $seen != "$wanted" ]]; then
    differs "package:$name" "$wanted" "$seen"
  fi
}

drift_of_unit() { # UNIT
  local systemctl=${PROVISIONING_SYSTEMCTL:-systemctl} line active='' enabled='' type='' outcome=''
  while IFS= read -r line; do
    case $line in
      ActiveState=*) active=${line#*=} ;;
      UnitFileState=*) enabled=${line#*=} ;;
      Type=*) type=${line#*=} ;;
      Result=*) outcome=${line#*=} ;;
    esac
  done < <("$systemctl" show -p ActiveState,UnitFileState,Type,Result "$1" 2>/dev/null)
  if [[ $active != active && $active != activating && $active != reloading ]] &&
    ! [[ $type == oneshot && $active == inactive && $outcome == success ]]; then
    differs "unit:$1" active "${active:-unknown}"
  fi
  case $enabled in disabled | masked | masked-runtime | '') differs "unit:$1" enabled "${enabled:-not found}" ;; esac
}

case ${1-} in
  start) start "${@:2}" ;;
  run) run_operation "$2" ;;
  wait) wait_for "$2" ;;
  report) report "$2" ;;
  applied) applied "$2" ;;
  health) health ;;
  drift) drift "$2" ;;
  *) die Bug "unknown command ${1-}" ;;
esac
