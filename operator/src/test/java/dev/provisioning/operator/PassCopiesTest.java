package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.engine.StatusStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a pass does to its resource is not done to the cache. */
class PassCopiesTest {
  private static final Set<Type> VALUES =
      Set.of(String.class, Integer.class, Long.class, Boolean.class, java.time.Instant.class);

  private static final Cloner COPIES =
      new PassCopies(
          new Cloner() {
            @Override
            public <R extends HasMetadata> R clone(R object) {
              return Serialization.clone(object);
            }
          });

  private static final String SERVER =
      """
      metadata: {name: web, namespace: a, uid: u, resourceVersion: '7', labels: {role: db}}
      spec: {provider: p, tags: {a: b}, resources: {cores: 1, memoryGb: 1}}
      status: {observedGeneration: 1, hostKeys: [k]}
      """;

  @Test
  void the_copy_of_a_server_says_the_same() {
    Server cached = Serialization.unmarshal(SERVER, Server.class);
    assertThat(COPIES.clone(cached)).isNotSameAs(cached).isEqualTo(cached);
  }

  @Test
  void what_is_done_to_the_copy_of_a_server_is_not_done_to_the_server() {
    Server cached = Serialization.unmarshal(SERVER, Server.class);
    Server copy = COPIES.clone(cached);
    copy.addFinalizer(StatusStore.FINALIZER);
    copy.getMetadata().getLabels().put("role", "web");
    copy.getMetadata().setResourceVersion(null);
    copy.setStatus(null);
    assertThat(cached).isEqualTo(Serialization.unmarshal(SERVER, Server.class));
  }

  @Test
  void what_a_server_says_cannot_be_changed() {
    Stream.of(ServerSpec.class, ServerStatus.class).forEach(PassCopiesTest::requireValue);
    Server server = Serialization.unmarshal(SERVER, Server.class);
    assertThat(server.getSpec().tags()).isUnmodifiable();
    assertThat(server.getStatus().hostKeys()).isUnmodifiable();
  }

  @Test
  void of_a_kind_with_json_trees_the_trees_are_copied() {
    Workspace cached =
        Serialization.unmarshal(
            "metadata: {name: w}\nspec: {defaults: {server: {tags: {a: b}}}}", Workspace.class);
    Workspace copy = COPIES.clone(cached);
    ((com.fasterxml.jackson.databind.node.ObjectNode)
            copy.getSpec().defaults().server().get("tags"))
        .set("a", TextNode.valueOf("c"));
    assertThat(cached.getSpec().defaults().server().get("tags").get("a").asText()).isEqualTo("b");
  }

  private static void requireValue(Type type) {
    switch (type) {
      case ParameterizedType of -> {
        assertThat(of.getRawType()).isIn(List.class, Map.class);
        Arrays.stream(of.getActualTypeArguments()).forEach(PassCopiesTest::requireValue);
      }
      case Class<?> one when one.isRecord() ->
          Arrays.stream(one.getRecordComponents())
              .map(RecordComponent::getGenericType)
              .forEach(PassCopiesTest::requireValue);
      case Class<?> one when one.isEnum() -> {}
      default -> assertThat(type).isIn(VALUES);
    }
  }
}
