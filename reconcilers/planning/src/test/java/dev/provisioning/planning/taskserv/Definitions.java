package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Specs from YAML, as people write them. */
final class Definitions {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Definitions() {}

  /** The definition in {@code src/test/resources/taskserv/definitions}. */
  static TaskServDefinitionSpec named(String name) {
    try (InputStream in =
        Definitions.class.getResourceAsStream("/taskserv/definitions/" + name + ".yaml")) {
      return YAML.readValue(in, TaskServDefinitionSpec.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TaskServDefinitionSpec definition(String yaml) {
    return read(yaml, TaskServDefinitionSpec.class);
  }

  static TaskServSpec taskServ(String yaml) {
    return read(yaml, TaskServSpec.class);
  }

  static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
