package dev.provisioning.controllers.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceIndexTest {
  private final NamespaceIndex<ConfigMap> index = new NamespaceIndex<>();

  @Test
  void an_object_is_there_from_its_coming_to_its_going() {
    index.onAdd(object("shop", "one"));
    index.onUpdate(object("shop", "one"), object("shop", "one"));
    index.addAll(List.of(object("shop", "two")));
    assertThat(index.keys("shop")).containsExactlyInAnyOrder("shop/one", "shop/two");
    index.onDelete(object("shop", "one"), false);
    assertThat(index.keys("shop")).containsExactly("shop/two");
  }

  @Test
  void an_update_never_takes_an_object_away_meanwhile() throws InterruptedException {
    index.onAdd(object("shop", "one"));
    Thread updates =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 10_000; i++) {
                    index.onUpdate(object("shop", "one"), object("shop", "one"));
                  }
                });
    while (updates.isAlive()) {
      assertThat(index.keys("shop")).containsExactly("shop/one");
    }
    updates.join();
  }

  private static ConfigMap object(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }
}
