package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** An operating system that the service runs on. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SupportedSystem(
    @JsonPropertyDescription("ID of os-release, like debian.") @Required @Size(min = 1, max = 63)
        String os,
    @JsonPropertyDescription("Values of VERSION_ID, like 12; with none: all.") @Size(max = 32)
        List<String> versions)
    implements SupportedSystemBuilder.With {
  public SupportedSystem {
    versions = Copies.of(versions);
  }
}
