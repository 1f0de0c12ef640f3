package dev.provisioning.controllers.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.controllers.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is found of an object that we wrote, before, while and after the watch brings it. */
class SharedCacheTest {
  private final InMemoryApiServer api = new InMemoryApiServer();
  private final SharedCache<ConfigMap> cache =
      new SharedCache<>(api.client(), ConfigMap.class, Set.of());

  @AfterEach
  void close() {
    cache.close();
    api.close();
  }

  @Test
  void what_we_made_is_listed_in_its_namespace_before_the_watch_brings_it() {
    ConfigMap two = make("shop", "two");
    ConfigMap one = make("shop", "one");
    cache.written(make("bank", "three"));
    cache.written(two);
    cache.written(one);
    assertThat(cache.in("shop")).containsExactly(one, two);
    assertThat(cache.get("shop", "one")).contains(one);
    assertThat(cache.all()).as("what the watch told").isEmpty();
  }

  @Test
  void what_we_made_stays_listed_while_the_watch_brings_it_and_we_write_on() {
    CountDownLatch open = new CountDownLatch(1);
    cache.onChange(change -> hold(open));
    // Whoever is told of this one holds up all that is told after it, also to the index.
    api.tell("ADDED", make("shop", "held"));
    ConfigMap one = make("shop", "one");
    cache.written(one);
    api.tell("ADDED", one);
    ConfigMap after = make("shop", "after");
    api.tell("ADDED", after);
    await().until(() -> cache.all().contains(after));
    cache.written(make("shop", "two"));
    assertThat(cache.in("shop")).contains(one);
    open.countDown();
  }

  @Test
  void an_older_version_that_the_watch_brings_does_not_hide_ours() {
    ConfigMap made = make("shop", "one");
    ConfigMap ours = edit(made, "ours");
    cache.written(ours);
    api.tell("ADDED", made);
    await().until(() -> cache.all().contains(made));
    assertThat(cache.in("shop")).containsExactly(ours);
    assertThat(cache.get("shop", "one")).contains(ours);
  }

  @Test
  void a_newer_version_that_the_watch_brings_wins() {
    ConfigMap ours = make("shop", "one");
    ConfigMap theirs = edit(ours, "theirs");
    cache.written(ours);
    api.tell("ADDED", theirs);
    await().until(() -> cache.all().contains(theirs));
    assertThat(cache.in("shop")).containsExactly(theirs);
    cache.written(ours);
    assertThat(cache.in("shop")).as("our write, told late").containsExactly(theirs);
  }

  @Test
  void what_we_wrote_stays_gone_once_the_watch_has_told_of_its_end() {
    ConfigMap known = make("shop", "one");
    api.tell("ADDED", known);
    await().until(() -> cache.all().contains(known));
    ConfigMap ours = edit(known, "ours");
    cache.written(ours);
    api.tell("DELETED", edit(ours, "the version of its end"));
    await().untilAsserted(this::assertGone);
    cache.written(ours);
    assertGone();
  }

  @Test
  void what_we_made_and_others_ended_before_the_watch_brought_it_does_not_come_back() {
    ConfigMap ours = make("shop", "one");
    cache.written(ours);
    api.client().resource(ours).delete();
    ConfigMap later = make("shop", "two");
    api.tell("ADDED", later);
    await().untilAsserted(() -> assertThat(cache.in("shop")).containsExactly(later));
    assertThat(cache.get("shop", "one")).isEmpty();
  }

  private void assertGone() {
    assertThat(cache.in("shop")).isEmpty();
    assertThat(cache.get("shop", "one")).isEmpty();
  }

  private ConfigMap make(String namespace, String name) {
    return api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  private ConfigMap edit(ConfigMap before, String by) {
    return api.client()
        .resource(new ConfigMapBuilder(before).withData(Map.of("by", by)).build())
        .update();
  }

  private static void hold(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
