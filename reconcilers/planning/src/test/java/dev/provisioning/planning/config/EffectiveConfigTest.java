package dev.provisioning.planning.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {
  private static final Layer DEFINITION =
      new Layer(
          "definition redis",
          Map.of("maxmemory", "256mb", "persistence", Map.of("aof", true, "rdb", true)));
  private static final Layer WORKSPACE =
      new Layer(
          "Workspace acme/defaults",
          Map.of("maxmemory", "512mb", "bind", List.of("10.0.0.1", "127.0.0.1")));

  @Test
  void a_higher_layer_wins_key_by_key_and_says_so() {
    EffectiveConfig config = EffectiveConfig.merge(List.of(DEFINITION, WORKSPACE));
    assertThat(config.values())
        .containsEntry("maxmemory", "512mb")
        .containsEntry("persistence", Map.of("aof", true, "rdb", true));
    assertThat(config.originOf("maxmemory")).contains("Workspace acme/defaults");
    assertThat(config.originOf("persistence.aof")).contains("definition redis");
  }

  @Test
  void maps_merge_to_any_depth() {
    Layer spec = new Layer("TaskServ cache", Map.of("persistence", Map.of("rdb", false)));
    EffectiveConfig config = EffectiveConfig.merge(List.of(DEFINITION, spec));
    assertThat(config.values()).containsEntry("persistence", Map.of("aof", true, "rdb", false));
    assertThat(config.provenance())
        .containsEntry("persistence.aof", "definition redis")
        .containsEntry("persistence.rdb", "TaskServ cache");
  }

  @Test
  void lists_replace_as_a_whole() {
    Layer spec = new Layer("TaskServ cache", Map.of("bind", List.of("0.0.0.0")));
    EffectiveConfig config = EffectiveConfig.merge(List.of(WORKSPACE, spec));
    assertThat(config.values()).containsEntry("bind", List.of("0.0.0.0"));
    assertThat(config.originOf("bind")).contains("TaskServ cache");
  }

  @Test
  void an_explicit_null_removes_what_lower_layers_say() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("maxmemory", null);
    nothing.put("persistence", null);
    EffectiveConfig config =
        EffectiveConfig.merge(List.of(DEFINITION, new Layer("TaskServ cache", nothing)));
    assertThat(config.values()).isEmpty();
    assertThat(config.provenance()).isEmpty();
  }

  @Test
  void a_removed_map_starts_afresh_in_the_next_layer() {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("persistence", null);
    EffectiveConfig config =
        EffectiveConfig.merge(
            List.of(
                DEFINITION,
                new Layer("profile", nothing),
                new Layer("TaskServ cache", Map.of("persistence", Map.of("aof", false)))));
    assertThat(config.values()).containsEntry("persistence", Map.of("aof", false));
  }

  @Test
  void a_scalar_over_a_map_replaces_it_and_a_map_over_a_scalar_too() {
    Layer scalar = new Layer("a", Map.of("x", 1, "y", Map.of("z", 2)));
    Layer map = new Layer("b", Map.of("x", Map.of("z", 3), "y", 4));
    EffectiveConfig config = EffectiveConfig.merge(List.of(scalar, map));
    assertThat(config.values()).containsEntry("x", Map.of("z", 3)).containsEntry("y", 4);
    assertThat(config.originOf("x.z")).contains("b");
  }

  @Test
  void nothing_said_is_nothing_known() {
    EffectiveConfig config = EffectiveConfig.merge(List.of());
    assertThat(config.values()).isEmpty();
    assertThat(config.originOf("anything")).isEmpty();
  }
}
