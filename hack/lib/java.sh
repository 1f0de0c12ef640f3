# JDK 25 and Maven. Sourced, never run.
# shellcheck shell=bash disable=SC2154

# A build or a tier of tests that takes longer hangs.
maven_patience=${PROVISIONING_MAVEN_PATIENCE:-3600}

jdk_is_25() { [[ -x $1/bin/javac ]] && grep -qs '^JAVA_VERSION="25' "$1/release"; }

find_jdk() { # exports JAVA_HOME
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/25* \
    "$(/usr/libexec/java_home -v 25 2>/dev/null || true)"; do
    if [[ -n $home ]] && jdk_is_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  die "JDK 25 is missing: install one (Temurin, for example) and let JAVA_HOME name it"
}

find_maven() {
  find_jdk
  need mvn maven # 3.9 or newer
}

maven() { # ARGUMENT...: says little; tests and failures show
  find_maven
  (cd "$root" && limited "$maven_patience" mvn -B -ntp "$@")
}
