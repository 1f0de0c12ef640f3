# Words that all scripts here share. Sourced, never run.
# shellcheck shell=bash

# shellcheck disable=SC2034 # read by those that source this
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/provisioning
state=${PROVISIONING_STATE:-$root/.dev}
mkdir -p "$cache" "$state"
# Two clones on one computer share its engine; what each of them starts there carries this word.
# shellcheck disable=SC2034
place=$(printf '%s' "$state" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-4)

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

die() { # one sentence: what is missing, and how to get it
  printf 'dev: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

apt_can_install() { [[ $(id -u) == 0 ]] && have apt-get; }

apt_install() { # PACKAGE...: quietly, one at a time, the list of packages fetched once
  (
    exec 8>"$cache/apt.lock"
    have flock && flock 8
    if [[ ! -e /var/lib/apt/lists/lock || -z $(find /var/lib/apt/lists -name '*Packages*' -mmin -1440 -print -quit) ]]; then
      apt-get update -qq >"$state/apt.log" 2>&1 || die "apt-get update failed; see $state/apt.log"
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$state/apt.log" 2>&1 ||
      die "apt-get install $* failed; see $state/apt.log"
  )
}

need() { # COMMAND PACKAGE: there, or installed, or said
  have "$1" && return
  apt_can_install || die "$1 is missing: install $2 with this system's package manager"
  say "installing $2"
  apt_install "$2"
  have "$1" || die "$1 is still missing after installing $2"
}

once() { # NAME COMMAND...: only one at a time on this computer, whoever asks
  local lock_name=$1 lock=$cache/$1.lock
  shift
  if ! have flock; then "$@"; return; fi
  (
    if ! flock -n 9; then
      say "waiting for another run that does the same ($lock_name)"
      flock -w 1800 9 || die "another run held $lock for 30 minutes; 'fuser $lock' names it: end it, then run this again"
    fi
    "$@"
  ) 9>"$lock"
}

limited() { # SECONDS COMMAND...: ends it then, with a status that is not 0
  local seconds=$1
  shift
  if have timeout; then
    timeout --foreground -k 10 "$seconds" "$@"
  else # macOS
    perl -e 'alarm shift; exec @ARGV or die "$ARGV[0]: $!\n"' "$seconds" "$@"
  fi
}

command_line() { # PID: what it runs; a small system has /proc and no ps, a Mac the reverse
  if [[ -d /proc/self ]]; then
    { tr '\0' ' ' <"/proc/$1/cmdline"; } 2>/dev/null
  else
    ps -o args= -p "$1" 2>/dev/null
  fi
}

insist() { # COMMAND...: an engine that is busy refuses now and then what it does a moment later
  local tries
  for tries in 1 2 3 4 5; do
    if "$@"; then return 0; fi
    ((tries == 5)) || sleep 2
  done
  return 1
}

last_lines() { # FILE: what a log says at its end, for the message of who gave up
  printf '%s\n' "--- the end of $1" >&2
  tail -n "${2:-5}" "$1" 2>/dev/null | cut -c1-300 >&2 || true
}

inputs_of() { # FILE...: one word that changes when any of them does
  cat "$@" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-16
}

await() { # SECONDS WHAT COMMAND...: tries every fifth of a second
  local seconds=$1 what=$2 end
  shift 2
  end=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || die "$what did not come up in $seconds s: $("$@" 2>&1 | tail -n 1)"
    sleep 0.2
  done
}
