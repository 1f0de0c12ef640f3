package dev.provisioning.bench.ssh;

import dev.provisioning.bench.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The floor: one script per machine, over OpenSSH with a kept ControlMaster, all at once. */
final class PlainScript implements Contender {
  private final Fleet fleet;
  private final Path script;

  PlainScript(Fleet fleet) throws IOException {
    this.fleet = fleet;
    this.script = Resources.unpack("redis.sh", fleet.directory());
  }

  @Override
  public String name() {
    return "shell script over one ControlMaster";
  }

  @Override
  public void apply(String maxmemory) throws Exception {
    var conf =
        Base64.getEncoder()
            .encodeToString(Resources.configuration(maxmemory).getBytes(StandardCharsets.UTF_8));
    // One shell starts them all, as a person would write it; no JVM in between.
    var all = new StringBuilder();
    for (var box : fleet.boxes()) {
      all.append(String.join(" ", ssh(box)))
          .append(" CONF=")
          .append(conf)
          .append(" bash -s <")
          .append(script)
          .append(" & pids+=($!)\n");
    }
    all.append("for pid in \"${pids[@]}\"; do wait $pid || exit 1; done\n");
    Programs.run("bash", "-c", "pids=()\n" + all);
  }

  private List<String> ssh(Fleet.Box box) {
    var words = new ArrayList<>(List.of("ssh", "-i", fleet.key().toString()));
    for (var option :
        List.of(
            "ControlMaster=auto",
            "ControlPersist=600s",
            "ControlPath=" + fleet.directory() + "/s-%h",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR")) {
      words.addAll(List.of("-o", option));
    }
    words.add("root@" + box.address());
    return words;
  }

  @Override
  public void disconnect() throws IOException {
    for (var box : fleet.boxes()) {
      var words = ssh(box);
      words.addAll(1, List.of("-O", "exit"));
      Programs.run(
          List.of("bash", "-c", String.join(" ", words) + " 2>/dev/null || true"), Map.of());
    }
  }
}
