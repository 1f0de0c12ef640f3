package dev.provisioning.controllers.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RecentWritesTest {
  private static final String KEY = "shop/one";

  private final AtomicReference<String> told = new AtomicReference<>();
  private final RecentWrites<ConfigMap> writes = new RecentWrites<>(told::get);

  @Test
  void an_own_write_is_seen_before_the_watch_brings_it() {
    told.set("9");
    writes.add(version("10"));
    assertThat(writes.newest(KEY, null)).contains(version("10"));
    assertThat(writes.newest(KEY, version("8"))).contains(version("10"));
  }

  @Test
  void before_the_watch_has_told_anything_an_own_write_counts() {
    writes.add(version("1"));
    assertThat(writes.newest(KEY, null)).contains(version("1"));
  }

  @Test
  void what_somebody_else_wrote_later_is_newer() {
    told.set("9");
    writes.add(version("10"));
    assertThat(writes.newest(KEY, version("11"))).contains(version("11"));
  }

  @Test
  void once_the_watch_got_as_far_an_object_that_went_meanwhile_stays_gone() {
    told.set("9");
    writes.add(version("10"));
    told.set("11");
    assertThat(writes.newest(KEY, null)).isEmpty();
  }

  @Test
  void of_two_own_writes_the_later_counts_whichever_came_first() {
    told.set("9");
    writes.add(version("11"));
    writes.add(version("10"));
    assertThat(writes.newest(KEY, null)).contains(version("11"));
  }

  @Test
  void what_the_watch_has_brought_is_forgotten_with_the_next_write() {
    told.set("9");
    writes.add(version("10"));
    told.set("10");
    writes.add(
        new ConfigMapBuilder(version("12")).editMetadata().withName("two").endMetadata().build());
    assertThat(writes.size()).isEqualTo(1);
  }

  private static ConfigMap version(String version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("one")
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
