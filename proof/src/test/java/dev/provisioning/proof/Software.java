package dev.provisioning.proof;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is installed on a machine and runs there. */
record Software(ProofMachine machine) {
  /** The names of what is installed. */
  Set<String> packages() {
    return machine
        .exec("dpkg-query -W -f '${db:Status-Status} ${Package}\\n' | sed -n 's/^installed //p'")
        .lines()
        .collect(Collectors.toSet());
  }

  /** What runs: unit and the id of this run of it. */
  Map<String, String> running() {
    String found =
        machine.exec(
            """
                systemctl list-units --type=service --state=running --plain --no-legend | while read -r unit _; do
                  echo "$unit $(systemctl show -p InvocationID --value "$unit")"
                done
                """);
    return found
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2 && !words[0].startsWith("user@"))
        .collect(Collectors.toMap(words -> words[0], words -> words[1]));
  }

  /** Units that run another time than in {@code before}, or only now, or no more. */
  Set<String> touchedSince(Map<String, String> before) {
    Map<String, String> now = running();
    var units = new HashSet<>(before.keySet());
    units.addAll(now.keySet());
    units.removeIf(unit -> before.getOrDefault(unit, "").equals(now.getOrDefault(unit, "")));
    return units;
  }
}
