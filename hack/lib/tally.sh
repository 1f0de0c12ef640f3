# Counts tests over all tiers and ends with one line. Sourced, never run.
# shellcheck shell=bash disable=SC2154
passed=0
failed=0
skipped=0
failures=()

forget_reports() { find "$root" -path '*/target/surefire-reports/*' -name 'TEST-*.xml' -delete; }

reports() { find "$root" -path '*/target/surefire-reports/*' -name 'TEST-*.xml'; }

count_reports() { # TIER: adds what the last run of Maven left
  local total bad out
  read -r total bad out < <(reports | xargs cat /dev/null | sum_suites)
  ((passed += total - bad - out, failed += bad, skipped += out)) || true
  while IFS= read -r name; do [[ -z $name ]] || failures+=("$1: $name"); done < <(failed_cases)
  [[ ! -e $logs/$1.log ]] || ! grep -q 'BUILD FAILURE' "$logs/$1.log" || failed_test "$1: the build failed; see ${logs#"$root"/}/$1.log"
  say "tier $1: $((total - bad - out)) passed, $bad failed, $out skipped"
}

sum_suites() {
  awk '/<testsuite / {
      while (!/>/) { line = $0; if ((getline more) <= 0) break; $0 = line " " more }
      total += value("tests"); bad += value("errors") + value("failures"); out += value("skipped")
    }
    function value(name,   text) {
      if (!match($0, " " name "=\"[0-9]+\"")) return 0
      text = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", text); return text
    }
    END { print total + 0, bad + 0, out + 0 }'
}

failed_cases() {
  reports | while IFS= read -r file; do
    awk '/<testcase / { line = $0 } /<(failure|error)[ >]/ { print line }' "$file"
  done | sed -nE 's/.* name="([^"]*)".* classname="([^"]*)".*/\2.\1/p' | sort -u
}

check() { # WHAT COMMAND...: one test; what it says matters when it fails
  local what=$1 said
  shift
  if said=$("$@" 2>&1); then
    ((passed += 1))
  else
    printf '%s\n' "$said" >&2
    failed_test "$what"
  fi
}

failed_test() {
  ((failed += 1))
  failures+=("$1")
  say "FAILED $1"
}

summary() { # the last line is for people and machines alike
  local failure
  for failure in ${failures[@]+"${failures[@]}"}; do printf 'FAILED  %s\n' "$failure"; done
  printf '%s passed, %s failed%s\n' "$passed" "$failed" "$( ((skipped)) && printf ', %s skipped' "$skipped")"
  ((failed == 0 && passed > 0))
}
