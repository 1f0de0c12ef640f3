package dev.provisioning.planning.taskserv.design;

import dev.provisioning.spi.model.Bundle.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps that no definition has to write. Scripts read their values from the environment. */
final class OwnSteps {
  private static final Duration PACKAGES = Duration.ofMinutes(30);
  private static final Duration SHORT = Duration.ofMinutes(5);
  private static final int HEAVY = 4;

  private static final String INSTALLED =
      """
      for package in $PROVISIONING_PACKAGES; do
        name=${package%%=*} wanted=
        if [[ $package == *=* ]]; then wanted=${package#*=}; fi
        if command -v dpkg-query >/dev/null; then
          seen=$(dpkg-query -W -f '${db:Status-Status} ${Version}\\n' "$name" 2>/dev/null | sed -n 's/^installed //p' | head -n 1)
        else
          seen=$(rpm -q --qf '%{VERSION}-%{RELEASE}\\n' "$name" 2>/dev/null | head -n 1) || exit 1
        fi
        if [[ -z $seen || ( -n $wanted && $seen != "$wanted" ) ]]; then exit 1; fi
      done
      """;

  /**
   * Notes first which packages it adds to the machine: only those may go again. policy-rc.d keeps
   * packages from starting services before their configuration is there.
   */
  private static final String INSTALL =
      """
      added=/var/lib/provisioning/packages-added
      there() {
        if command -v dpkg-query >/dev/null; then
          [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
        else
          rpm -q "$1" >/dev/null 2>&1
        fi
      }
      for package in $PROVISIONING_PACKAGES; do
        name=${package%%=*}
        if ! there "$name" && ! grep -qsx "$name" "$added"; then echo "$name" >>"$added"; fi
      done
      if ! command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        exec dnf -y -q install $PROVISIONING_PACKAGES
      fi
      policy=/usr/sbin/policy-rc.d made=
      if [[ ! -e $policy ]] || grep -q provisioning-operator "$policy"; then
        printf '#!/bin/sh\\n# provisioning-operator: services start when they are configured\\nexit 101\\n' >"$policy"
        chmod 0755 "$policy"
        made=yes
      fi
      trap 'if [[ -n $made ]]; then rm -f "$policy"; fi' EXIT
      stamp=/var/lib/provisioning/apt-updated
      update() { echo '::progress 10 Reading package lists'; apt-get -q -y -o DPkg::Lock::Timeout=300 update && touch "$stamp"; }
      install() {
        echo '::progress 30 Installing packages'
        # shellcheck disable=SC2086
        apt-get -q -y --no-install-recommends --allow-change-held-packages --allow-downgrades -o DPkg::Lock::Timeout=300 \\
          -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef install $PROVISIONING_PACKAGES
      }
      # A machine that lost its power in the middle of an installation.
      dpkg --configure -a --force-confold --force-confdef
      if [[ -z $(find "$stamp" -mmin -60 2>/dev/null) ]]; then update; fi
      # A mirror may have dropped what an older list names.
      install || { update && install; }
      """;

  /**
   * What was there before stays, and so does what another service of this machine recorded or what
   * a package needs that somebody asked for: apt would remove that package, too.
   */
  private static final String REMOVE =
      """
      added=/var/lib/provisioning/packages-added
      mine=/var/lib/provisioning/taskservs/$PROVISIONING_TASKSERV.json
      gone=()
      for package in $PROVISIONING_PACKAGES; do
        name=${package%%=*} used=
        for record in /var/lib/provisioning/taskservs/*.json; do
          if [[ $record != "$mine" && -f $record ]] && grep -Eq "\\"$name(=[^\\"]*)?\\"" "$record"; then used=yes; fi
        done
        if [[ -n $used ]]; then
          echo "$name stays: another service uses it"
        elif ! grep -qsx "$name" "$added"; then
          echo "$name stays: it was there before"
        else
          gone+=("$name")
        fi
      done
      needed_by() { # PACKAGE: the first that somebody asked for and that would go with it
        comm -12 <(apt-get -s remove "$1" | sed -n 's/^Remv \\([^ ]*\\) .*/\\1/p' | sort) <(apt-mark showmanual | sort) |
          { grep -vxF -f <(printf '%s\\n' "${gone[@]}") || true; } | head -n 1
      }
      if command -v apt-get >/dev/null && ((${#gone[@]} > 0)); then
        free=()
        for name in "${gone[@]}"; do
          by=$(needed_by "$name")
          if [[ -n $by ]]; then echo "$name stays: $by needs it"; else free+=("$name"); fi
        done
        gone=("${free[@]}")
      fi
      if ((${#gone[@]} == 0)); then exit 0; fi
      if command -v apt-get >/dev/null; then
        verb=remove
        if [[ $PROVISIONING_DATA_POLICY == Delete ]]; then verb=purge; fi
        apt-get -q -y --allow-change-held-packages -o DPkg::Lock::Timeout=300 "$verb" "${gone[@]}"
      else
        dnf -y -q remove "${gone[@]}"
      fi
      left=$({ grep -vxF -f <(printf '%s\\n' "${gone[@]}") "$added" || true; })
      printf '%s\\n' "$left" >"$added.new"
      mv -f "$added.new" "$added"
      """;

  private static final String FETCH =
      """
      mkdir -p "$PROVISIONING_HOME"
      part=$PROVISIONING_ARTIFACT.part
      echo "::progress 10 Downloading $PROVISIONING_ARTIFACT_URL"
      failed() {
        echo "$PROVISIONING_ARTIFACT_URL cannot be downloaded: ${1##*$'\\n'}"
        exit 1
      }
      if command -v curl >/dev/null; then
        said=$(curl -fsSL --retry 3 --retry-delay 2 -o "$part" "$PROVISIONING_ARTIFACT_URL" 2>&1) || failed "$said"
      elif command -v wget >/dev/null; then
        said=$(wget -nv -O "$part" "$PROVISIONING_ARTIFACT_URL" 2>&1) || failed "$said"
      else
        echo 'this machine has neither curl nor wget to download with'
        exit 1
      fi
      seen=$(sha256sum "$part")
      if [[ ${seen%% *} != "$PROVISIONING_ARTIFACT_SHA256" ]]; then
        rm -f "$part"
        echo "$PROVISIONING_ARTIFACT_URL is not what its definition says: it has sha256 ${seen%% *}, expected is $PROVISIONING_ARTIFACT_SHA256"
        exit 1
      fi
      mv -f "$part" "$PROVISIONING_ARTIFACT"
      """;

  private static final String FETCHED =
      "[[ -f $PROVISIONING_ARTIFACT ]] && printf '%s  %s\\n' \"$PROVISIONING_ARTIFACT_SHA256\" \"$PROVISIONING_ARTIFACT\" | sha256sum --check --status";

  private static final String STOP =
      """
      for unit in $PROVISIONING_UNITS; do
        if systemctl cat "$unit" >/dev/null 2>&1; then systemctl disable --now "$unit"; fi
      done
      """;

  private static final String DELETE_DATA =
      """
      while IFS= read -r path; do
        if [[ $path != /*/* || $path == *..* || ! -e $path ]]; then continue; fi
        if [[ -d $path ]] && mountpoint -q "$path"; then
          find "$path" -mindepth 1 -delete # the volume itself belongs to the machine
        else
          rm -rf -- "$path"
        fi
      done <<<"$PROVISIONING_DATA_PATHS"
      """;

  private OwnSteps() {}

  /** {@code upgrade}: a package that is there may be too old. */
  static Script packages(boolean upgrade) {
    Optional<String> check = upgrade ? Optional.empty() : Optional.of(INSTALLED);
    return new Script("packages", check, INSTALL, Optional.empty(), PACKAGES, 2, HEAVY, false);
  }

  static Script artifact() {
    return new Script(
        "artifact", Optional.of(FETCHED), FETCH, Optional.empty(), PACKAGES, 1, HEAVY, false);
  }

  static Script stop() {
    return bestEffort("stop", STOP);
  }

  static Script removePackages() {
    return new Script(
        "remove-packages", Optional.empty(), REMOVE, Optional.empty(), PACKAGES, 1, HEAVY, true);
  }

  static Script removeFiles(List<String> paths) {
    String words = paths.stream().map(Shell::quote).collect(Collectors.joining(" "));
    return bestEffort("remove-files", "rm -f -- " + words + "\nsystemctl daemon-reload || true\n");
  }

  static Script deleteData() {
    return bestEffort("delete-data", DELETE_DATA);
  }

  private static Script bestEffort(String name, String run) {
    return new Script(name, Optional.empty(), run, Optional.empty(), SHORT, 0, 1, true);
  }
}
