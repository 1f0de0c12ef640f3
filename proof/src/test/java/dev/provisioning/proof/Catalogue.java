package dev.provisioning.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The shipped definitions, as they are in the repository. */
final class Catalogue {
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Map<String, TaskServDefinitionSpec> DEFINITIONS = load();

  private Catalogue() {}

  /** The repository, from wherever a test of it was started. */
  static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("helm/catalogue/Chart.yaml"))) {
      here = here.getParent();
    }
    return here;
  }

  static Map<String, TaskServDefinitionSpec> definitions() {
    return DEFINITIONS;
  }

  private static Map<String, TaskServDefinitionSpec> load() {
    var all = new TreeMap<String, TaskServDefinitionSpec>();
    names().forEach(name -> all.put(name, read(manifest(name).get("spec"))));
    return all;
  }

  static Stream<String> names() {
    try (Stream<Path> folders = Files.list(folder())) {
      return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the shipped topologies. */
  static Stream<String> clusters() {
    try (Stream<Path> files = Files.list(repository().resolve("helm/catalogue/clusters"))) {
      return files
          .map(f -> f.getFileName().toString().replaceFirst("\\.yaml$", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode cluster(String name) {
    return yaml(text(repository().resolve("helm/catalogue/clusters/" + name + ".yaml")));
  }

  static JsonNode manifest(String name) {
    return yaml(text(folder().resolve(name).resolve("definition.yaml")));
  }

  /** {@code use} or {@code kept}, if the service has such a script. */
  static Optional<String> script(String name, String what) {
    Path file = folder().resolve(name).resolve("test").resolve(what + ".sh");
    return Files.exists(file) ? Optional.of(text(file)) : Optional.empty();
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T yaml(String text, Class<T> type) {
    try {
      return YAML.readValue(text, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TaskServDefinitionSpec read(JsonNode spec) {
    return YAML.convertValue(spec, TaskServDefinitionSpec.class);
  }

  private static Path folder() {
    return repository().resolve("helm/catalogue/definitions");
  }
}
