package dev.provisioning.testkit.ssh;

import dev.provisioning.spi.model.Bundle;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.Bundle.Script;
import dev.provisioning.spi.model.Bundle.StartUnits;
import dev.provisioning.spi.model.Bundle.Step;
import dev.provisioning.spi.model.Bundle.Verify;
import dev.provisioning.spi.model.Bundle.WriteFiles;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds bundles for tests in the words of a test. */
public final class BundleDraft {
  private static final Duration STEP = Duration.ofSeconds(60);
  private final String taskServ;
  private final List<ManagedFile> files = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Optional<String> applied = Optional.empty();

  public BundleDraft(String taskServ) {
    this.taskServ = taskServ;
  }

  public BundleDraft run(String name, String script) {
    return run(name, script, script1 -> script1);
  }

  /** {@code shape} changes what the plain script step does not say. */
  public BundleDraft run(String name, String script, UnaryOperator<Script> shape) {
    steps.add(
        shape.apply(
            new Script(name, Optional.empty(), script, Optional.empty(), STEP, 0, 1, false)));
    return this;
  }

  public static UnaryOperator<Script> unless(String check) {
    return s ->
        new Script(
            s.name(),
            Optional.of(check),
            s.run(),
            s.user(),
            STEP,
            s.retries(),
            s.weight(),
            s.bestEffort());
  }

  public static UnaryOperator<Script> as(String user) {
    return s ->
        new Script(
            s.name(),
            s.check(),
            s.run(),
            Optional.of(user),
            STEP,
            s.retries(),
            s.weight(),
            s.bestEffort());
  }

  public static UnaryOperator<Script> within(Duration timeout) {
    return s ->
        new Script(
            s.name(),
            s.check(),
            s.run(),
            s.user(),
            timeout,
            s.retries(),
            s.weight(),
            s.bestEffort());
  }

  public static UnaryOperator<Script> retried(int times) {
    return s ->
        new Script(s.name(), s.check(), s.run(), s.user(), STEP, times, s.weight(), s.bestEffort());
  }

  public static UnaryOperator<Script> bestEffort() {
    return s ->
        new Script(s.name(), s.check(), s.run(), s.user(), STEP, s.retries(), s.weight(), true);
  }

  public BundleDraft file(String path, String content) {
    return file(
        new ManagedFile(
            path, content, "0644", "root:root", Optional.empty(), List.of(), List.of()));
  }

  public BundleDraft file(ManagedFile file) {
    files.add(file);
    return this;
  }

  public BundleDraft writeFiles() {
    steps.add(new WriteFiles("configure", STEP, 0, 1));
    return this;
  }

  public BundleDraft startUnits(String... units) {
    steps.add(new StartUnits("start", List.of(units), STEP, 0, 1));
    return this;
  }

  public BundleDraft verify(String command, Duration timeout) {
    var check =
        new HealthCheck("answers", command, Duration.ofSeconds(1), Duration.ofSeconds(5), 3);
    steps.add(new Verify("verify", List.of(check), timeout, 0, 1));
    return this;
  }

  public BundleDraft environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public BundleDraft applied(String json) {
    applied = Optional.of(json);
    return this;
  }

  /** The digest derives from all the rest, as a planner's does. */
  public Bundle build() {
    var text = taskServ + files + steps + new java.util.TreeMap<>(environment) + applied;
    var digest = IdempotencyKey.of(text, 0, "a").value() + IdempotencyKey.of(text, 0, "b").value();
    return new Bundle(digest, taskServ, files, steps, environment, applied);
  }
}
