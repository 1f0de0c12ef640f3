package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provisioning.api.taskserv.ManagedFileSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a machine recorded when an operation ended well. */
public record Applied(
    String version,
    String configHash,
    List<String> packages,
    List<String> units,
    List<String> dataPaths,
    List<String> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Applied {
    packages = List.copyOf(packages);
    units = List.copyOf(units);
    dataPaths = List.copyOf(dataPaths);
    files = List.copyOf(files);
  }

  /** What cannot be read counts as another state: everything is applied again. */
  public static Applied parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new Applied(
          node.path("version").asText(),
          node.path("configHash").asText(),
          texts(node.path("packages"), ""),
          texts(node.path("units"), ""),
          texts(node.path("dataPaths"), ""),
          texts(node.path("files"), "path"));
    } catch (JsonProcessingException e) {
      return new Applied("", "", List.of(), List.of(), List.of(), List.of());
    }
  }

  /**
   * What an install of this version would have left, where it ended without a record. Names that
   * depend on configuration are not known.
   */
  static Applied presumed(TaskServDefinitionSpec definition, String version) {
    return new Applied(
        version,
        "",
        plain(
            definition.versions().stream()
                .filter(v -> v.version().equals(version))
                .flatMap(v -> v.packages().stream())),
        plain(definition.units().stream()),
        plain(definition.dataPaths().stream()),
        plain(definition.files().stream().map(ManagedFileSpec::path)));
  }

  private static List<String> plain(Stream<String> texts) {
    return texts.filter(text -> text.indexOf('{') < 0).toList();
  }

  private static List<String> texts(JsonNode list, String key) {
    List<String> result = new ArrayList<>();
    list.forEach(item -> result.add(key.isEmpty() ? item.asText() : item.path(key).asText()));
    return result;
  }
}
