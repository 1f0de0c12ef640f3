package dev.provisioning.controllers.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A watch that tells nothing is deaf only if there was something to tell, and time to tell it. */
class DeafnessCheckTest {
  private String heard = "10";
  private List<ConfigMap> known = List.of(map("one", "7"));
  private List<ConfigMap> there = known;
  private boolean away;
  private int asked;
  private final DeafnessCheck<ConfigMap> check =
      new DeafnessCheck<>(() -> heard, () -> known, this::list);

  @Test
  void where_nothing_happens_it_may_be_silent_for_ever() {
    assertThat(looks(100)).isEmpty();
    assertThat(asked).as("requests in a hundred minutes").isLessThan(35);
  }

  @Test
  void a_change_that_is_not_told_is_noticed_within_minutes() {
    there = List.of(map("one", "12"));
    assertThat(looks(6)).hasSizeGreaterThan(0);
  }

  @Test
  void so_are_what_came_and_what_went() {
    there = List.of();
    assertThat(looks(6)).isNotEmpty();
  }

  @Test
  void what_is_told_at_last_was_only_late() {
    there = List.of(map("one", "12"));
    assertThat(looks(4)).as("not told yet, but looked for only once").isEmpty();
    heard = "12";
    known = there;
    assertThat(looks(20)).isEmpty();
  }

  @Test
  void bookmarks_show_that_it_hears() {
    there = List.of(map("one", "12"));
    IntStream.range(0, 20)
        .forEach(
            minute -> {
              heard = "1" + minute;
              assertThat(check.deaf()).isFalse();
            });
    assertThat(asked).isZero();
  }

  @Test
  void an_api_server_that_is_away_has_told_nothing() {
    there = List.of(map("one", "12"));
    away = true;
    assertThat(looks(20)).isEmpty();
    away = false;
    assertThat(looks(6)).isNotEmpty();
  }

  @Test
  void what_is_in_one_cache_and_not_in_another_is_missed_there() {
    DeafnessCheck<ConfigMap> other =
        new DeafnessCheck<>(
            () -> DeafnessCheck.versions(known).toString(), () -> known, () -> there);
    assertThat(IntStream.range(0, 20).anyMatch(minute -> other.deaf())).isFalse();
    there = List.of(map("one", "7"), map("two", "12"));
    assertThat(IntStream.range(0, 6).anyMatch(minute -> other.deaf())).isTrue();
  }

  private List<Integer> looks(int minutes) {
    return IntStream.range(0, minutes).filter(minute -> check.deaf()).boxed().toList();
  }

  private List<ConfigMap> list() {
    asked++;
    if (away) {
      throw new KubernetesClientException("connection refused");
    }
    return there;
  }

  private static ConfigMap map(String name, String version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
