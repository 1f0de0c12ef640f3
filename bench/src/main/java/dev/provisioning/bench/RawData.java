package dev.provisioning.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files under docs/benchmarks: one per benchmark, replaced by each run. */
public record RawData(Path directory) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public void write(String benchmark, Map<String, Object> content) throws IOException {
    var all = new LinkedHashMap<String, Object>();
    all.put("benchmark", benchmark);
    all.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    all.put("computer", Computer.description());
    all.putAll(content);
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve(benchmark + ".json"),
        JSON.writeValueAsString(all) + System.lineSeparator());
  }
}
