# The operator as a process of this computer. Sourced, never run; `instance` names what it is for.
# shellcheck shell=bash disable=SC2154
operator_dir=$state/$instance
mkdir -p "$operator_dir"
operator_home=$state/operator
operator_port=${PROVISIONING_DEMO_PORT:-}
# Ctrl-C of the script that started it must not end it.
detached=(env)
if have setsid; then detached=(setsid); fi

sources_of_operator() {
  find "$root/pom.xml" "$root"/{api-model,crds,providers,reconcilers,operator} \
    \( -name target -prune \) -o \( -path '*/src/main/*' -o -name pom.xml \) -type f -print | sort
}

build_operator() { # prints the jar; builds only what changed
  local version jar
  version=$(sources_of_operator | tr '\n' '\0' | xargs -0 cat | inputs_of /dev/stdin)
  jar=$operator_home/$version/quarkus-run.jar
  if [[ ! -e $jar ]]; then
    say "building the operator"
    maven -q package -pl operator -am -DskipTests -Dspotless.check.skip=true >"$state/operator-build.log" 2>&1 ||
      die "the operator does not build; see $state/operator-build.log"
    # A copy: tests that compile beside it must not pull the classes from under it.
    mkdir -p "$operator_home"
    forget_unused
    cp -R "$root/operator/target/quarkus-app" "$operator_home/$version"
  fi
  printf '%s\n' "$jar"
}

forget_unused() { # earlier copies, but none that a running operator loads its classes from
  local copy pid running=''
  for pid in "$state"/*/operator.pid; do
    [[ ! -s $pid ]] || running+=$(command_line "$(<"$pid")") || true
  done
  for copy in "$operator_home"/*/; do
    [[ ! -d $copy || $running == *"$copy"* ]] || rm -rf "$copy"
  done
}

operator_runs() { # that process, and not another one that got its number after a restart of the computer
  [[ -s $operator_dir/operator.pid ]] &&
    [[ $(command_line "$(<"$operator_dir/operator.pid")") == *"$operator_home"* ]]
}

answers_on() { (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_port() { # each clone has a place to look first; another demo may run on this computer
  [[ -z $operator_port ]] || return 0
  operator_port=$((18000 + 16#$place % 1000 * 2 + ${#instance} % 2))
  while answers_on "$operator_port"; do ((operator_port += 1)); done
}

operator_ready() { # without curl; one that accepts and says nothing is not ready
  exec 7<>"/dev/tcp/127.0.0.1/$operator_port" || return 1
  printf 'GET /q/health/ready HTTP/1.0\r\n\r\n' >&7
  local line=''
  IFS= read -r -t 5 line <&7 || true
  exec 7>&-
  [[ $line == *" 200 "* ]]
}

what_it_runs() { # JAR KUBECONFIG: of which sources, for which API server
  printf '%s %s\n' "$1" "$(inputs_of "$2")"
}

# The lease is long: its next holder has the same name and takes over at once, and an operator on a busy
# computer must not end for having renewed it late.
start_operator() { # JAR KUBECONFIG
  choose_port
  KUBECONFIG=$2 QUARKUS_HTTP_PORT=$operator_port QUARKUS_HTTP_HOST=127.0.0.1 \
    PROVISIONING_LEADER_ELECTION_IDENTITY=demo PROVISIONING_LEADER_ELECTION_LEASE_DURATION=120s \
    PROVISIONING_LEADER_ELECTION_RENEW_DEADLINE=100s \
    "${detached[@]}" nohup "$JAVA_HOME/bin/java" -Xmx512m -jar "$1" >>"$operator_dir/operator.log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$operator_dir/operator.pid"
  disown
  what_it_runs "$1" "$2" >"$operator_dir/operator.runs"
  for _ in $(seq 50); do # until the shell's child has become it
    if operator_runs; then break; fi
    sleep 0.1
  done
}

tend_operator() { # JAR KUBECONFIG: one that ended by itself is started again, as a cluster would
  operator_runs && return
  say "the operator ended and is started again; it said: $(tail -n 1 "$operator_dir/operator.log" | cut -c1-160)"
  start_operator "$1" "$2"
}

await_operator() { # sets ready_after, the seconds it took
  local begin=$SECONDS patience=${PROVISIONING_START_PATIENCE:-180}
  until operator_runs && (operator_ready) 2>/dev/null; do
    operator_runs || die "the operator ended at once: $(grep -v '^[[:space:]]*at ' "$operator_dir/operator.log" | tail -3)"
    if ((SECONDS - begin >= patience)); then
      last_lines "$operator_dir/operator.log"
      die "the operator is not ready after $patience s; its log is $operator_dir/operator.log"
    fi
    sleep 0.5
  done
  # shellcheck disable=SC2034 # for those that source this
  ready_after=$((SECONDS - begin))
}

stop_operator() {
  operator_runs || return 0
  local pid
  pid=$(<"$operator_dir/operator.pid")
  kill "$pid"
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.3
  done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$operator_dir/operator.pid"
}
