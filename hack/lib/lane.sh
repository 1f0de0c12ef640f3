# Tiers beside the others, in a copy of this tree: in one, two Mavens would pull the classes from under each other.
# Sourced, never run.
# shellcheck shell=bash disable=SC2154
lane_home=$state/beside
lane_log=$logs/beside.log
lane=

begin_lane() { # TIER...: in the background, with state of its own
  say "beside what follows: $*; log in ${lane_log#"$root"/}"
  rm -rf "$lane_home" && mkdir -p "$lane_home/tree"
  tar -C "$root" --exclude="./${state#"$root"/}" --exclude=./.git -cf - . | tar -C "$lane_home/tree" -xf -
  set -m # a group of its own, that can be ended as one
  # What is compiled already is so in the copy too, although its files have other paths there.
  MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.compiler.useIncrementalCompilation=false" PROVISIONING_STATE=$lane_home/state \
    "$lane_home/tree/hack/test" "$@" >"$lane_log" 2>&1 </dev/null &
  lane=$!
  set +m
}

end_lane() { # waits for it, shows it, and adds what it counted
  [[ -n $lane ]] || return 0
  say "waiting for the tiers beside"
  wait "$lane" || true
  lane=
  sed 's/^/| /' "$lane_log" >&2
  local failure
  while IFS= read -r failure; do failures+=("$failure"); done < <(sed -n 's/^FAILED  //p' "$lane_log")
  if [[ $(tail -n 1 "$lane_log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    ((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2], skipped += ${BASH_REMATCH[4]:-0})) || true
  else
    failed_test "the tiers beside did not run to their end; see ${lane_log#"$root"/}"
  fi
}

leave_lane() { # ends it if it still runs; the tests of this tree must not find the copy
  if [[ -n $lane ]] && kill -- "-$lane" 2>/dev/null; then
    wait "$lane" || true
  fi
  rm -rf "$lane_home/tree"
}
