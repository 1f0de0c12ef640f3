package dev.provisioning.ssh;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.Bundle.Script;
import dev.provisioning.spi.model.Bundle.StartUnits;
import dev.provisioning.spi.model.Bundle.Step;
import dev.provisioning.spi.model.Bundle.Verify;
import dev.provisioning.spi.model.Bundle.WriteFiles;
import java.util.List;
import java.util.TreeMap;

/**
 * A bundle as files that a shell can read, one value each: {@code env}, {@code applied.json},
 * {@code steps/NN/…}, {@code files/NNN/…}.
 */
final class BundleArchive {
  private final TarArchive tar = new TarArchive();

  private BundleArchive() {}

  static byte[] of(Bundle bundle) {
    var archive = new BundleArchive();
    archive.environment(bundle);
    bundle.appliedState().ifPresent(archive::appliedState);
    int number = 0;
    for (var step : bundle.steps()) {
      archive.step("steps/%02d/".formatted(++number), step);
    }
    number = 0;
    for (var file : bundle.files()) {
      archive.file("files/%03d/".formatted(++number), file);
    }
    return archive.tar.seal().bytes();
  }

  private void environment(Bundle bundle) {
    var text = new StringBuilder();
    new TreeMap<>(bundle.environment())
        .forEach(
            (name, value) -> {
              if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw SshFailures.badBundle("not a name of an environment variable: " + name);
              }
              text.append("export ").append(name).append('=');
              text.append(CommandLines.quote(value)).append('\n');
            });
    tar.add("env", text.toString());
  }

  private void appliedState(String json) {
    var text = json.strip();
    if (!text.startsWith("{") || !text.endsWith("}") || text.contains("\"files\"")) {
      throw SshFailures.badBundle("appliedState is not a JSON object without \"files\"");
    }
    tar.add("applied.json", text);
  }

  private void step(String at, Step step) {
    tar.add(at + "name", line("step name", step.name()));
    tar.add(at + "timeout", CommandLines.wholeSeconds(step.timeout()) + "\n");
    tar.add(at + "retries", step.retries() + "\n");
    tar.add(at + "weight", step.weight() + "\n");
    switch (step) {
      case Script script -> script(at, script);
      case WriteFiles _ -> tar.add(at + "kind", "write-files\n");
      case StartUnits start -> {
        tar.add(at + "kind", "start-units\n");
        tar.add(at + "units", lines("unit", start.units()));
      }
      case Verify verify -> verify(at, verify);
    }
  }

  private void script(String at, Script script) {
    tar.add(at + "kind", "script\n");
    tar.add(at + "run", script.run());
    script.check().ifPresent(check -> tar.add(at + "check", check));
    script
        .user()
        .filter(u -> !u.equals("root"))
        .ifPresent(u -> tar.add(at + "user", line("user", u)));
    if (script.bestEffort()) {
      tar.add(at + "best-effort", "");
    }
  }

  private void verify(String at, Verify verify) {
    tar.add(at + "kind", "verify\n");
    int number = 0;
    for (var check : verify.checks()) {
      var place = at + "checks/%02d/".formatted(++number);
      tar.add(place + "name", line("check name", check.name()));
      tar.add(place + "command", check.command());
      tar.add(place + "timeout", CommandLines.seconds(check.timeout()) + "\n");
      tar.add(place + "interval", CommandLines.wholeSeconds(check.interval()) + "\n");
    }
  }

  private void file(String at, ManagedFile file) {
    if (!file.path().startsWith("/")) {
      throw SshFailures.badBundle("not an absolute path: " + file.path());
    }
    tar.add(at + "path", line("path", file.path()));
    tar.add(at + "content", file.content());
    tar.add(at + "mode", line("mode", file.mode()));
    tar.add(at + "owner", line("owner", file.owner()));
    file.validate().ifPresent(command -> tar.add(at + "validate", command));
    tar.add(at + "restarts", lines("unit", file.restarts()));
    tar.add(at + "reloads", lines("unit", file.reloads()));
  }

  private static String lines(String what, List<String> values) {
    var text = new StringBuilder();
    values.forEach(value -> text.append(line(what, value)));
    return text.toString();
  }

  private static String line(String what, String value) {
    if (value.isBlank() || value.indexOf('\n') >= 0) {
      throw SshFailures.badBundle("not a single line as " + what + ": " + value);
    }
    return value + "\n";
  }
}
