# The operator as a process of this computer. Sourced, never run; `instance` names what it is for.
# shellcheck shell=bash disable=SC2154
operator_dir=$state/$instance
mkdir -p "$operator_dir"
operator_home=$state/operator
operator_port=${PROVISIONING_DEMO_PORT:-18080}
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
    rm -rf "$operator_home" && mkdir -p "$operator_home"
    cp -R "$root/operator/target/quarkus-app" "$operator_home/$version"
  fi
  printf '%s\n' "$jar"
}

operator_runs() { [[ -s $operator_dir/operator.pid ]] && kill -0 "$(<"$operator_dir/operator.pid")" 2>/dev/null; }

operator_ready() { # without curl
  exec 7<>"/dev/tcp/127.0.0.1/$operator_port" || return 1
  printf 'GET /q/health/ready HTTP/1.0\r\n\r\n' >&7
  local line
  IFS= read -r line <&7
  exec 7>&-
  [[ $line == *" 200 "* ]]
}

start_operator() { # JAR KUBECONFIG
  KUBECONFIG=$2 QUARKUS_HTTP_PORT=$operator_port QUARKUS_HTTP_HOST=127.0.0.1 \
    PROVISIONING_LEADER_ELECTION_IDENTITY=demo PROVISIONING_LEADER_ELECTION_LEASE_DURATION=15s \
    "${detached[@]}" nohup "$JAVA_HOME/bin/java" -Xmx512m -jar "$1" >>"$operator_dir/operator.log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$operator_dir/operator.pid"
  disown
  echo "$1" >"$operator_dir/operator.jar"
}

await_operator() {
  local end=$((SECONDS + 90))
  until (operator_ready) 2>/dev/null; do
    operator_runs || die "the operator ended at once: $(grep -v '^[[:space:]]*at ' "$operator_dir/operator.log" | tail -3)"
    ((SECONDS < end)) || die "the operator is not ready after 90 s; see $operator_dir/operator.log"
    sleep 0.5
  done
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
