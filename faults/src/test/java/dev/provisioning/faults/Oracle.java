package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What must hold after every run. */
record Oracle(Stage stage) {
  private static final Duration STABLE = Duration.ofSeconds(2);
  private static final Duration LONG_STABLE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(400);

  /** Whose status tells of other objects. */
  private static final Set<String> TELLERS =
      Set.of("status.Workspace/after", "status.Cluster/after", "status.BatchWorkflow/after");

  /** While all is Ready. */
  void afterRise(Map<String, String> undisturbed) throws IOException {
    assertThat(stage.resources.summary(stage.kinds())).as("the end").isEqualTo(undisturbed);
    stage.witness.afterRise(stage);
    noSecretTold();
    stable();
  }

  /** Nobody has anything left to say. */
  void stable() {
    stable(STABLE);
  }

  /** As long as a person would watch; too long for each of hundreds of runs. */
  void longStable() {
    stable(LONG_STABLE);
  }

  private void stable(Duration duration) {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    await("nobody writes")
        .pollInterval(LOOK)
        .during(duration)
        .atMost(duration.multipliedBy(10))
        .until(
            () -> {
              Map<String, String> now = stage.resources.versions(stage.kinds());
              return now.equals(last.getAndSet(now));
            });
  }

  /** No value of a Secret is in a status, an event or a log. */
  private void noSecretTold() throws IOException {
    List<String> said = new ArrayList<>(stage.events());
    for (String kind : stage.kinds()) {
      stage.resources.list(kind).forEach(object -> said.add(object.toString()));
    }
    try (Stream<Path> files = Files.list(stage.operator.directory())) {
      for (Path log : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        said.add(Files.readString(log));
      }
    }
    for (Secret secret : stage.secrets()) {
      secret
          .getData()
          .forEach(
              (key, value) ->
                  assertThat(key.contains("public") || said.stream().noneMatch(has(value)))
                      .as("%s of Secret %s is told", key, secret.getMetadata().getName())
                      .isTrue());
    }
  }

  /** Of a key file its longest line. */
  private static Predicate<String> has(String encoded) {
    String value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    String telling = value.lines().max(Comparator.comparing(String::length)).orElse("");
    return text -> telling.length() > 7 && text.contains(telling);
  }

  /**
   * When the user has deleted everything. Nobody wrote more than a restarted operator has to say,
   * but who tells of others may do so once for each of their writes: how many of these it sees at
   * once is a matter of milliseconds.
   */
  void afterFall(Recording undisturbed) throws IOException {
    stage.witness.afterFall(stage);
    Map<String, Long> usual = undisturbed.writes();
    Map<String, Long> writes = Recording.read(stage.operator.trace()).writes();
    // A run whose point did not come up is slower or faster than the recorded one, too.
    long runs = Math.max(1, stage.operator.killed());
    long more = stage.objects() * stage.scenario.writesMore() * runs;
    long told = sum(writes, kind -> !TELLERS.contains(kind));
    assertThat(told)
        .as("status writes %s, undisturbed %s", writes, usual)
        .isLessThanOrEqualTo(sum(usual, kind -> !TELLERS.contains(kind)) + more);
    for (String teller : TELLERS) {
      assertThat(sum(writes, teller::equals))
          .as("%s among status writes %s, undisturbed %s", teller, writes, usual)
          .isLessThanOrEqualTo(sum(usual, teller::equals) + more + told);
    }
  }

  private static long sum(Map<String, Long> writes, Predicate<String> kinds) {
    return writes.entrySet().stream()
        .filter(each -> kinds.test(each.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
