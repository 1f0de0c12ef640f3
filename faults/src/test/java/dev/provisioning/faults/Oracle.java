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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What must hold after every run. */
record Oracle(Stage stage) {
  private static final Duration STABLE =
      Duration.ofSeconds(Integer.getInteger("faults.stable-seconds", 2));

  /** While all is Ready. */
  void afterRise(Map<String, String> undisturbed) throws IOException {
    assertThat(stage.resources.summary(stage.kinds())).as("the end").isEqualTo(undisturbed);
    stage.witness.afterRise(stage);
    noSecretTold();
    stable();
  }

  /** Nobody has anything left to say. */
  void stable() {
    AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
    await("nobody writes")
        .during(STABLE)
        .atMost(STABLE.multipliedBy(10))
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
  private static java.util.function.Predicate<String> has(String encoded) {
    String value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    String telling = value.lines().max(Comparator.comparing(String::length)).orElse("");
    return text -> telling.length() > 7 && text.contains(telling);
  }

  /** When the user has deleted everything. */
  void afterFall(Recording undisturbed) throws IOException {
    stage.witness.afterFall(stage);
    Recording recorded = Recording.read(stage.operator.trace());
    long more = (long) stage.objects() * stage.scenario.writesMore() * stage.operator.killed();
    assertThat(total(recorded))
        .as("status writes %s, undisturbed %s", recorded.writes(), undisturbed.writes())
        .isLessThanOrEqualTo(total(undisturbed) + more);
  }

  private static long total(Recording recording) {
    return recording.writes().values().stream().mapToLong(Long::longValue).sum();
  }
}
