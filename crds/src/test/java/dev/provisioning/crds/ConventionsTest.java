package dev.provisioning.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.collector.CustomResourceCollector;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What our conventions ask of every field of every kind. */
class ConventionsTest {
  private static final List<Field> FIELDS = fields();

  /** One part of a schema; {@code item} is an element of a list or map, which needs no own text. */
  private record Field(String path, JsonNode schema, boolean item) {
    boolean is(String type) {
      return schema.path("type").asText().equals(type);
    }
  }

  @Test
  void everyFieldIsDescribedInASentence() {
    assertThat(offenders(f -> !f.item() && !isSentence(f.schema().path("description").asText())))
        .isEmpty();
  }

  @Test
  void everyTextHasALongestLength() {
    assertThat(
            offenders(
                f ->
                    f.is("string")
                        && !f.schema().has("maxLength")
                        && !f.schema().has("enum")
                        && !f.schema().path("format").asText().equals("date-time")))
        .isEmpty();
  }

  @Test
  void everyListHasALargestSizeAndAType() {
    assertThat(
            offenders(
                f ->
                    f.is("array")
                        && !(f.schema().has("maxItems")
                            && f.schema().has("x-kubernetes-list-type"))))
        .isEmpty();
  }

  @Test
  void everyMapHasALargestSize() {
    assertThat(
            offenders(
                f ->
                    f.is("object")
                        && !f.schema().has("properties")
                        && !f.schema().has("maxProperties")))
        .isEmpty();
  }

  @Test
  void everyRuleSpeaksInASentence() {
    assertThat(
            offenders(
                f ->
                    f.schema()
                        .path("x-kubernetes-validations")
                        .valueStream()
                        .anyMatch(rule -> rule.path("message").asText().split(" ").length < 4)))
        .isEmpty();
  }

  @Test
  void noFieldAnswersWithAPattern() {
    assertThat(offenders(f -> f.schema().has("pattern"))).isEmpty();
  }

  @Test
  void everyKindShowsReadyFirstAndAgeLast() {
    assertThat(Kinds.ALL)
        .allSatisfy(
            kind -> {
              assertThat(kind.columns().getFirst().name()).isEqualTo("Ready");
              assertThat(kind.columns().getLast().name()).isEqualTo("Age");
            });
  }

  @Test
  void everyKindOfTheApiModelIsHere() {
    String apiModel =
        Kinds.ALL.getFirst().type().getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> found =
        new CustomResourceCollector()
            .withFileToScan(new File(apiModel)).findCustomResourceClasses().stream()
                .map(Class::getName)
                .sorted()
                .toList();

    assertThat(Kinds.ALL.stream().map(kind -> kind.type().getName()).sorted().toList())
        .isEqualTo(found);
  }

  private static boolean isSentence(String text) {
    return text.length() > 3 && text.endsWith(".") || text.endsWith("…");
  }

  private static List<String> offenders(Predicate<Field> wrong) {
    return FIELDS.stream().filter(wrong).map(Field::path).toList();
  }

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    Crds.trees()
        .forEach(
            (name, crd) -> {
              JsonNode version = crd.path("spec").path("versions").get(0);
              collect(name, version.path("schema").path("openAPIV3Schema"), false, fields);
            });
    return fields;
  }

  private static void collect(String path, JsonNode schema, boolean item, List<Field> fields) {
    fields.add(new Field(path, schema, item));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      collect(path + "." + property.getKey(), property.getValue(), false, fields);
    }
    for (String element : List.of("items", "additionalProperties")) {
      if (schema.path(element).isObject()) {
        collect(path + "[]", schema.path(element), true, fields);
      }
    }
  }
}
