package dev.provisioning.existing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine says of itself.
 *
 * @param ownerText the owner file as it is; empty when there is none
 */
record HostState(String machineId, String ownerText, Map<String, String> tags) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};
  private static final int LINES = 3;

  /** Reads what {@link HostScripts#READ} prints. */
  static HostState parse(String output, String place) {
    List<String> lines = output.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9a-f]{32}")) {
      throw new ProviderException(
          new Failure.Permanent(
              "MachineIdMissing",
              "machine %s has no /etc/machine-id, by which it is known; run systemd-machine-id-setup on it"
                  .formatted(place)));
    }
    String owner = lines.size() < LINES - 1 ? "" : decoded(lines.get(1));
    String tags = lines.size() < LINES ? "" : decoded(lines.get(2));
    return new HostState(lines.getFirst().strip(), owner, tags(tags));
  }

  boolean free() {
    return ownerText.isEmpty();
  }

  Optional<OwnerFile> ownerFile() {
    return OwnerFile.parse(ownerText);
  }

  static String json(Map<String, String> tags) {
    try {
      return JSON.writeValueAsString(tags);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings has a JSON form", e);
    }
  }

  private static String decoded(String line) {
    return new String(Base64.getDecoder().decode(line.strip()), StandardCharsets.UTF_8);
  }

  /** Damaged tags read as none, which shows as drift and is written anew. */
  private static Map<String, String> tags(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    try {
      return JSON.readValue(text, TAGS);
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }
}
